/** What waits for somebody, told once for everybody who may do it. Pure. */
import type { RoleHeld, Viewer } from "@/lib/permissions";
import { type Organisation, roleOrganisations } from "@/protocol/primitives";
import type { RecordType } from "@/protocol/records";
import { type TransactionName, transactions } from "@/protocol/transactions";
import { type Awaited, awaitedOn, isOpen } from "@/protocol/workflow/awaited";
import { type Traces, takersBefore } from "@/protocol/workflow/people";
import { awaitedStates, type States, transactionNames, workflow } from "@/protocol/workflow/table";
import type { TermDays } from "@/protocol/workflow/terms";
import type { DutyKind } from "./queue";
import type { OfficeHolder, Waiting } from "./rules";

export type Duty = Waiting & {
  kind: DutyKind;
  commons?: string;
  commonsName?: string;
  district?: number;
  /** Keys of whom it waits for, as `keysOf` makes them of a person. */
  audience: string[];
  /** People who may not do it, whatever they hold: an earlier step was theirs, or the matter is. */
  barred: string[];
  /** Since when it can be done, where an hour decides and not the chain's day. */
  startsAt?: Date;
};

/** The keys under which duties are found that wait for a person. */
export function keysOf(viewer: Pick<Viewer, "id" | "roles">, municipality: string): string[] {
  const offices = viewer.roles
    .filter((held) => held.municipality === municipality)
    .flatMap(({ organisation, role, district }) => {
      const office = `${organisation}:${role}`;
      return district === undefined ? [office] : [`${office}:*`, `${office}:${district}`];
    });
  return [...new Set([personKey(viewer.id), ...offices])];
}

export function personKey(person: string): string {
  return `person:${person}`;
}

/**
 * The keys of the offices that may take a step; what every resident may do is no office's task. Where it lies in a
 * district, offices held for one district count in that one alone; what lies in no known district is for all of them.
 */
export function officeKeys(transaction: TransactionName, only: Only = {}): string[] {
  return keysOfRoles(transactions[transaction].roles, only);
}

type Only = { organisations?: readonly Organisation[]; district?: number | null | undefined };

/** The keys of whoever holds one of these roles. */
export function keysOfRoles(roles: readonly RoleHeld["role"][], only: Only = {}): string[] {
  const where = only.district ?? "*";
  return roles
    .filter((role) => role !== "resident")
    .flatMap((role) =>
      roleOrganisations[role]
        .filter((organisation) => only.organisations?.includes(organisation) ?? true)
        .flatMap((organisation) => [`${organisation}:${role}`, `${organisation}:${role}:${where}`]),
    );
}

/** The offices among the keys of a duty's audience, each once. */
export function officesAmong(audience: readonly string[]): OfficeHolder[] {
  return audience
    .filter((key) => !key.startsWith("person:") && key.split(":").length === 2)
    .map((key) => {
      const [organisation, role] = key.split(":") as [Organisation, RoleHeld["role"]];
      return { organisation, role };
    });
}

/** Steps that somebody takes for a subject they represent: as who proposed, or as a party of its pact. */
export function isOwn(transaction: TransactionName): boolean {
  return ["proponent", "parties"].includes(workflow[transaction].by ?? "");
}

/** States in which a record of this type waits for anybody. */
export function statesAwaiting(record: RecordType): string[] {
  return [...new Set(transactionNames.flatMap((name) => awaitedStates(name, record)))];
}

export type OpenStep = Pick<Awaited, "transaction" | "due" | "term"> & { barred: string[] };

/** Steps on a record that can be taken on a day, each with the people whom an earlier one bars from it. */
export function openSteps(
  record: RecordType,
  states: States,
  days: TermDays,
  day: string,
  traces: Traces = {},
): OpenStep[] {
  return awaitedOn(record, states, days, day)
    .filter((step) => isOpen(step, day))
    .map(({ transaction, due, term }) => ({
      ...{ transaction, due, term },
      barred: takersBefore(transaction, traces),
    }));
}

/** The term of a step, as a duty has it. */
export function termOf({ due, term }: Pick<Awaited, "due" | "term">): Pick<Duty, "dueOn" | "term"> {
  return { ...(due && { dueOn: due }), ...(due && term && { term }) };
}
