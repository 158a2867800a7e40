/** Records read before it is known who acts. */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf, RecordType } from "../../../protocol/records";
import { upgradeRecord } from "../../../protocol/upgrade";
import type { State } from "../domain/state";

export async function readRecord<T extends RecordType>(
  state: State,
  municipality: string,
  type: T,
  ...idParts: string[]
): Promise<RecordOf<T> | undefined> {
  const text = await state.get([municipality, type, ...idParts]);
  return text === undefined ? undefined : upgradeRecord(type, JSON.parse(text));
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
