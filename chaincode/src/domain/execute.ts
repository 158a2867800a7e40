import { type ErrorParams, RuleError } from "../../../protocol/errors";
import { EVENT_VERSION, type Event, type EventEntry } from "../../../protocol/events";
import { type Act, type Actor, roleOrganisations } from "../../../protocol/primitives";
import { type InputOf, type TransactionName, transactions } from "../../../protocol/transactions";
import type { CachedState } from "./cached-state";
import type { Result } from "./handler";
import { handlers } from "./handlers";
import { requireMovesOfTable } from "./moves";
import { requirePast, requireSince } from "./require";
import { type Circumstances, Tx } from "./tx";

/** Members that hold an act, whatever the transaction. */
type Acts = { act?: Act; grantAct?: Act };

/**
 * Carries out one transaction: reads its input, checks role, municipality and command, runs the rule, writes
 * the records it changed and returns the event that shows them.
 *
 * @param argument the transaction's input, as JSON has it
 * @throws {RuleError} the refusal of a rule; nothing is written then
 */
export async function execute<T extends TransactionName>(
  name: T,
  argument: unknown,
  state: CachedState,
  given: Omit<Circumstances, "day">,
): Promise<{ result: Result; event: Event }> {
  const { actor } = given;
  requireRole(name, actor);
  const input = parseInput(name, argument);
  if (input.municipality !== actor.municipality) {
    throw new RuleError("wrong_municipality", { municipality: actor.municipality });
  }
  const commandKey = [actor.person, input.command];
  const before = new Tx(name, state, { ...given, day: "" });
  const [done, chainDay] = await Promise.all([
    before.getInternal("command", ...commandKey),
    before.get("day", "day"),
  ]);
  if (done) throw new RuleError("already_done", { txId: done.txId });
  if (!chainDay && name !== "municipality:found") throw new RuleError("not_founded");

  const tx = new Tx(name, state, { ...given, day: chainDay?.day ?? "" });
  requirePastActs(tx, input as Acts);
  const result = await handlers[name](tx, input);
  const steps = tx.included ? [tx, tx.included] : [tx];
  for (const step of steps) await requireMovesOfTable(step);
  tx.putInternal("command", commandKey, { txId: given.txId });
  for (const step of steps) await step.flush();
  const entries = steps.flatMap((step) => step.entries);
  const event: Event = {
    version: EVENT_VERSION,
    transaction: name,
    command: input.command,
    municipality: actor.municipality,
    actor,
    day: dayAfter(entries) ?? tx.day,
    commons: commonsOf(entries),
    entries,
  };
  return { result, event };
}

/** @throws {RuleError} `wrong_organisation` or `wrong_role` */
function requireRole(name: TransactionName, actor: Actor): void {
  if (!roleOrganisations[actor.role].includes(actor.organisation)) {
    throw new RuleError("wrong_organisation", { organisation: actor.organisation, role: actor.role });
  }
  if (!(transactions[name].roles as readonly string[]).includes(actor.role)) {
    throw new RuleError("wrong_role", { role: actor.role });
  }
}

/** @throws {RuleError} `invalid_input` with the path of the first field that does not fit, or `act_required` */
function parseInput<T extends TransactionName>(name: T, value: unknown): InputOf<T> {
  const parsed = transactions[name].input.safeParse(value);
  if (parsed.success) return parsed.data as InputOf<T>;
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  if (path.length === 1 && path[0] === "act" && isMissing(value, "act")) throw new RuleError("act_required");
  const params: ErrorParams = { path: path.map(String).join("."), problem: issue?.code ?? "" };
  if (issue?.code === "unrecognized_keys") params.path = [...path, issue.keys[0]].map(String).join(".");
  throw new RuleError("invalid_input", params);
}

function isMissing(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null && !Object.hasOwn(value, name);
}

/** The first year of budget lines, and so of any act: an older date is a slip of the pen. */
const FIRST_DAY = "2000-01-01";

function requirePastActs(tx: Tx, { act, grantAct }: Acts): void {
  for (const given of [act, grantAct]) {
    if (!given) continue;
    requirePast(tx, given.date);
    requireSince(given.date, FIRST_DAY);
  }
}

/** The day a transaction sets is the day it was made on: founding a municipality, and each new day. */
function dayAfter(entries: readonly EventEntry[]): string | undefined {
  for (const entry of entries) if (entry.type === "day") return entry.record.day;
  return undefined;
}

/** The commons on whose thread the transaction belongs, in the order of its records. */
function commonsOf(entries: readonly EventEntry[]): string[] {
  const found = new Set<string>();
  for (const { type, record } of entries) {
    if (type === "commons") found.add(record.id);
    else if (type === "round") for (const project of record.projects) found.add(project.commons);
    else if ("commons" in record && record.commons !== undefined) found.add(record.commons);
  }
  return [...found];
}
