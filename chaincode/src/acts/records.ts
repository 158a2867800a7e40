/** Records read before it is known who acts. */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf, RecordType } from "../../../protocol/records";
import { upgradeRecord } from "../../../protocol/upgrade";
import { keeping } from "../domain/keeping";
import type { State } from "../domain/state";

/** The municipality and its people in office act again and again. */
const kept = { most: 200, longest: 20_000 };
const readers = new Map<RecordType, (text: string) => object>();

/** A record as it stands; several transactions may be given the same, which nothing can change. */
export async function readRecord<T extends RecordType>(
  state: State,
  municipality: string,
  type: T,
  ...idParts: string[]
): Promise<RecordOf<T> | undefined> {
  const text = await state.get([municipality, type, ...idParts]);
  return text === undefined ? undefined : (readerOf(type)(text) as RecordOf<T>);
}

function readerOf(type: RecordType): (text: string) => object {
  const known = readers.get(type);
  if (known) return known;
  const made = keeping((text) => frozen(upgradeRecord(type, JSON.parse(text))), kept);
  readers.set(type, made);
  return made;
}

function frozen<T extends object>(value: T): T {
  for (const member of Object.values(value))
    if (typeof member === "object" && member !== null) frozen(member);
  return Object.freeze(value);
}

/** The chain's day. @throws {RuleError} `not_founded` */
export async function readDay(state: State, municipality: string): Promise<string> {
  const record = await readRecord(state, municipality, "day", "day");
  if (!record) throw new RuleError("not_founded");
  return record.day;
}

/** @throws {RuleError} `already_done` when the person's command has been carried out */
export async function requireNew(
  state: State,
  municipality: string,
  person: string,
  command: unknown,
): Promise<void> {
  // What is no command is refused where the input is read; as a part of a key it would break it.
  if (typeof command !== "string" || !/^[0-9a-f-]{36}$/.test(command)) return;
  const done = await state.get([municipality, "command", person, command]);
  if (done !== undefined)
    throw new RuleError("already_done", { txId: (JSON.parse(done) as { txId: string }).txId });
}
