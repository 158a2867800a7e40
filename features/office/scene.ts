/** Which steps are for the offices that somebody holds. Pure. */
import { type RoleHeld, roleFor, type Viewer } from "@/lib/permissions";
import type { RecordType } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { transactions } from "@/protocol/transactions";
import { type Awaited, awaitedOn, isOpen } from "@/protocol/workflow/awaited";
import { type Traces, takenBefore } from "@/protocol/workflow/people";
import { awaitedStates, type States, transactionNames } from "@/protocol/workflow/table";
import type { TermDays } from "@/protocol/workflow/terms";

/** For whom, where and on which day of the chain it is asked what waits. */
export type Scene = { municipality: string; viewer: Viewer; day: string };

/** The office under which somebody may do a step; what every resident may do is no office's task. */
export function officeFor(
  { viewer, municipality }: Scene,
  transaction: TransactionName,
): RoleHeld | undefined {
  const held = roleFor(viewer, municipality, transaction);
  return held?.role === "resident" ? undefined : held;
}

/** All the roles under which somebody may do a step. */
export function officesFor({ viewer, municipality }: Scene, transaction: TransactionName): RoleHeld[] {
  const allowed: readonly string[] = transactions[transaction].roles;
  return viewer.roles.filter((held) => held.municipality === municipality && allowed.includes(held.role));
}

/** States in which a record waits for an office that this person holds. */
export function statesWaiting(scene: Scene, record: RecordType): string[] {
  return transactionNames
    .filter((name) => officeFor(scene, name) !== undefined)
    .flatMap((name) => awaitedStates(name, record));
}

/** Steps on a record that wait for an office of this person, can be taken today, and are not barred by an earlier one. */
export function officeSteps(
  scene: Scene,
  record: RecordType,
  states: States,
  days: TermDays,
  traces: Traces = {},
): Awaited[] {
  return awaitedOn(record, states, days, scene.day).filter(
    (step) =>
      isOpen(step, scene.day) &&
      officeFor(scene, step.transaction) !== undefined &&
      takenBefore(step.transaction, scene.viewer.id, traces).length === 0,
  );
}
