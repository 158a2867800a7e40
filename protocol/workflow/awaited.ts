/** What is waited for, by whom and until when: read from the table for a record as it stands. */
import type { Role } from "../primitives";
import type { RecordType } from "../records";
import { type TransactionName, transactions } from "../transactions";
import type { Party } from "./step";
import { allows, awaitedIn, type States, workflow } from "./table";
import type { TermDays, TermName } from "./terms";

export interface Awaited {
  transaction: TransactionName;
  by: Party | Role;
  notBefore: string | undefined;
  due: string | undefined;
  /** By which rule it is due. */
  term: TermName | undefined;
}

/**
 * The steps waited for on a record, in the order of the table; those whose last day is over are not.
 * @param states of the record itself, and of others as far as they are known
 * @param days of the record and of others; a day that is not known binds nobody
 * @param day the chain's
 */
export function awaitedOn(
  record: RecordType,
  states: States & { readonly [T in RecordType]?: string },
  days: TermDays,
  day: string,
): Awaited[] {
  const dayOf = (term: TermName | undefined) => (term === undefined ? undefined : days[term]);
  return awaitedIn(record, states[record] ?? "").flatMap((transaction) => {
    const { notBefore, until, due } = workflow[transaction];
    const last = dayOf(until);
    if (!allows(transaction, states) || (last !== undefined && day > last)) return [];
    return {
      transaction,
      by: takerOf(transaction),
      notBefore: notBefore
        .flatMap((term) => days[term] ?? [])
        .sort()
        .at(-1),
      due: dayOf(due) ?? last,
      term: dayOf(due) === undefined ? until : due,
    };
  });
}

/** Whom a step waits for: the first of its roles, where the table does not say it. */
export function takerOf(transaction: TransactionName): Party | Role {
  const [first]: readonly Role[] = transactions[transaction].roles;
  const by = workflow[transaction].by ?? first;
  if (!by) throw new Error(`${transaction} is for nobody`);
  return by;
}

/** Of what is waited for, what can be done today; where nothing can, what can be done first. */
export function nextOf(steps: readonly Awaited[], day: string): Awaited[] {
  const open = steps.filter((step) => isOpen(step, day));
  if (open.length > 0) return open;
  const first = steps.map(({ notBefore }) => notBefore ?? "").sort()[0];
  return steps.filter(({ notBefore }) => notBefore === first);
}

export function isOpen({ notBefore }: Pick<Awaited, "notBefore">, day: string): boolean {
  return notBefore === undefined || notBefore <= day;
}

/** Terms by which a record in a state has to be taken further, with the step that does it. */
export function duesOf(
  record: RecordType,
  state: string,
  days: TermDays,
): { transaction: TransactionName; term: TermName; on: string }[] {
  return awaitedIn(record, state).flatMap((transaction) => {
    const term = workflow[transaction].due;
    const on = term && days[term];
    return term && on ? { transaction, term, on } : [];
  });
}
