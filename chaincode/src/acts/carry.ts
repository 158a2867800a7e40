/**
 * The outer step of every transaction: who submits, and by what right. An act is its signer's, a resident is vouched
 * for by the Comune's program in what does not bind them, a program is its certificate. Then the rule runs with that actor.
 */
import { type Carried, type CarriedAct, readCarried } from "../../../protocol/acts/carried";
import { programRoles } from "../../../protocol/acts/roles";
import { recordKeyOf, seenFor } from "../../../protocol/acts/seen";
import { MOST_DAYS_AHEAD, readExact, readSignedAct, type SignedAct } from "../../../protocol/acts/signed-act";
import { submissionFor } from "../../../protocol/acts/submission";
import { addDays, legalDay } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import type { Event } from "../../../protocol/events";
import type { Actor, Organisation, Role } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import { type TransactionName, transactions } from "../../../protocol/transactions";
import { isBinding } from "../../../protocol/transactions/binding";
import { CachedState } from "../domain/cached-state";
import { execute } from "../domain/execute";
import type { Result } from "../domain/handler";
import type { Founded } from "../domain/register";
import type { State } from "../domain/state";
import type { Circumstances } from "../domain/tx";
import { separateVoices, voicesOf } from "../domain/voices";
import { readDay, readRecord, requireNew } from "./records";
import { requireSigner } from "./signer";
import { partOf, type Submitter } from "./submitter";

/** What the endorser knows of a transaction beside its argument. */
export type Carriage = Omit<Circumstances, "actor" | "day" | "voices" | "signedOn"> & {
  submitter: Submitter;
};

/** What the rule runs with. */
interface Resolved {
  actor: Actor;
  input: unknown;
  carriedBy?: Event["carriedBy"];
  signed?: Event["signed"];
  signedOn?: string;
}

/** Transactions of a municipality that is not founded yet: they name its organisations themselves. */
const founding: readonly TransactionName[] = ["municipality:found", "municipality:introduceRegister"];

/**
 * Carries out one transaction whose argument is one of the forms of `Carried`.
 *
 * @throws {RuleError} the refusal; nothing is written then
 */
export async function carry(
  name: TransactionName,
  argument: string,
  peer: State,
  { submitter, ...given }: Carriage,
): Promise<{ result: Result; event: Event }> {
  const state = new CachedState(peer);
  const { municipality } = submitter;
  const record = await readRecord(state, municipality, "municipality", municipality);
  const resolved = isFounded(record)
    ? await resolve(name, argument, state, record, { submitter, ...given })
    : resolveFounding(name, argument, submitter);
  const { actor, carriedBy, signed, signedOn } = resolved;
  const voices = record ? voicesOf(record) : separateVoices;
  const done = await execute(name, resolved.input, state, { ...given, actor, voices, signedOn });
  return { ...done, event: { ...done.event, carriedBy, signed } };
}

async function resolve(
  name: TransactionName,
  argument: string,
  state: State,
  record: Founded,
  carriage: Carriage,
): Promise<Resolved> {
  const { submitter } = carriage;
  const part = partOf(submitter, record.organisations);
  const carried = readCarried(argument);
  if (!carried) throw new RuleError("invalid_input", { path: "by" });
  if (carried.by === "service") return byProgram(submitter, part, carried);
  if (submitter.role !== "service") throw new RuleError("wrong_carrier");
  const carriedBy = { organisation: part, program: submitter.person };
  if (carried.by === "resident") return { ...byResident(name, record.id, part, carried), carriedBy };
  return { ...(await byAct(name, state, record, carried, carriage)), carriedBy };
}

/** Where there is no register of people in office, nothing is done but to found one, or to introduce it. */
function resolveFounding(name: TransactionName, argument: string, submitter: Submitter): Resolved {
  const carried = readCarried(argument);
  if (carried?.by !== "service" || !founding.includes(name)) throw new RuleError("not_founded");
  const parsed = transactions["municipality:introduceRegister"].input
    .pick({ register: true })
    .safeParse({ register: carried.input.register });
  if (!parsed.success) throw new RuleError("invalid_input", { path: "register" });
  return byProgram(submitter, partOf(submitter, parsed.data.register.organisations), carried);
}

function byProgram(
  { role, municipality, person }: Submitter,
  organisation: Organisation,
  { input }: Extract<Carried, { by: "service" }>,
): Resolved {
  if (!(programRoles as readonly Role[]).includes(role)) throw new RuleError("wrong_carrier");
  return { actor: { organisation, role, municipality, person }, input };
}

/** The Comune alone vouches for residents, and for nothing that binds them. */
function byResident(
  name: TransactionName,
  municipality: string,
  organisation: Organisation,
  { person, input }: Extract<Carried, { by: "resident" }>,
): Resolved {
  if (organisation !== "Comune") throw new RuleError("wrong_carrier");
  if (isBinding(name)) throw new RuleError("party_signature_needed");
  return { actor: { organisation, role: "resident", municipality, person }, input };
}

async function byAct(
  name: TransactionName,
  state: State,
  record: Founded,
  carried: CarriedAct,
  { channel, checks, now }: Carriage,
): Promise<Resolved> {
  const act = readSignedAct(carried.act);
  if (act.municipality !== record.id) throw new RuleError("wrong_municipality", { municipality: record.id });
  if (act.founding !== record.founding) throw new RuleError("wrong_founding");
  if (act.channel !== channel) throw new RuleError("wrong_channel", { channel });
  if (act.transaction !== name) throw new RuleError("wrong_transaction", { transaction: name });
  if (submissionFor(name, act.role) !== "act") throw new RuleError("wrong_role", { role: act.role });
  // An act sent again is answered as done, whatever has changed since.
  await requireNew(state, record.id, act.person, act.input.command);
  const day = await readDay(state, record.id);
  const signer = await requireSigner(state, record, day, carried, act, checks);
  requireInTime(act, day, record.trial ? undefined : legalDay(now));
  await requireSeen(state, name, act, checks.sha256);
  return { ...signer, input: act.input };
}

/**
 * By the chain's day, and by the endorser's own clock where a municipality's days are those of the calendar.
 * @throws {RuleError} `act_expired` or `act_expires_late`
 */
function requireInTime({ expiresOn }: SignedAct, day: string, today: string | undefined): void {
  if (expiresOn < day || (today !== undefined && expiresOn < today))
    throw new RuleError("act_expired", { day: expiresOn });
  const last = addDays(day, MOST_DAYS_AHEAD);
  if (expiresOn > last) throw new RuleError("act_expires_late", { day: last });
}

/**
 * Every record that the signer had to see is as they saw it, and so is every other they say they saw.
 * @throws {RuleError} `act_malformed`, `seen_incomplete` or `changed_since_seen` {record}
 */
async function requireSeen(
  state: State,
  name: TransactionName,
  { municipality, input, seen }: SignedAct,
  sha256: (text: string) => string,
): Promise<void> {
  const exact = readExact(transactions[name].input, input);
  // The rule says what is wrong with an input that is none.
  if (exact === undefined) return;
  const needed = seenFor(name, exact as never);
  const paths = [...new Set([...needed, ...Object.keys(seen)])];
  const texts = await Promise.all(paths.map((path) => state.get([municipality, ...recordKeyOf(path)])));
  paths.forEach((path, index) => {
    const text = texts[index];
    const digest = seen[path];
    if (digest === undefined && text !== undefined) throw new RuleError("seen_incomplete", { record: path });
    if (digest !== undefined && (text === undefined || sha256(text) !== digest))
      throw new RuleError("changed_since_seen", { record: path });
  });
}

function isFounded(record: RecordOf<"municipality"> | undefined): record is Founded {
  return record?.founding !== undefined && record.organisations !== undefined;
}
