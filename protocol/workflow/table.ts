/**
 * The workflow, told once: what each transaction does to which record, from which states to which, and what it needs.
 * Who may take a step is said by the transaction's roles (`../transactions`). The chaincode's guard, what waits for
 * whom, what happens next, the forms of a page and the printed table come from here; rules that are more than a step
 * stay functions. A new transaction gets its row in the file of its subject, a new record its states in `states.ts`.
 */
import type { RecordType } from "../records";
import type { TransactionName } from "../transactions";
import { deskSteps } from "./desk";
import { moneySteps } from "./money";
import { commonsSteps, municipalitySteps } from "./municipality";
import { pactsSteps } from "./pacts";
import { papersSteps } from "./papers";
import { proposalsSteps } from "./proposals";
import { registerSteps } from "./register";
import { roundsSteps } from "./rounds";
import { sealedSteps } from "./sealed";
import type { Move, Step } from "./step";

export const workflow: { readonly [T in TransactionName]: Step } = {
  ...municipalitySteps,
  ...registerSteps,
  ...commonsSteps,
  ...proposalsSteps,
  ...roundsSteps,
  ...sealedSteps,
  ...deskSteps,
  ...pactsSteps,
  ...moneySteps,
  ...papersSteps,
};

/** Every transaction, in the order of the table. */
export const transactionNames = Object.keys(workflow) as TransactionName[];

/** What a step does to a record of a type, or asks of it; `which` where it has to do with two of them. */
export function moveOf(name: TransactionName, record: RecordType, which?: string): Move | undefined {
  const { moves, asks } = workflow[name];
  return [...moves, ...asks].find((move) => move.record === record && move.which === which);
}

/** States of records by their type; what is not known is left out. */
export type States = { readonly [T in RecordType]?: string | undefined };

/** Whether a step can be taken as far as the states that are known decide it. */
export function allows(name: TransactionName, states: States): boolean {
  return (Object.keys(states) as RecordType[]).every((record) => {
    const move = moveOf(name, record);
    const state = states[record];
    return !move || move.unless !== undefined || state === undefined || move.from.includes(state);
  });
}

/** States of a record in which a step can be taken. */
export function statesFor(name: TransactionName, record: RecordType, which?: string): string[] {
  return [...(moveOf(name, record, which)?.from ?? [])];
}

/** Steps that are waited for while a record is in a state. */
export function awaitedIn(record: RecordType, state: string): TransactionName[] {
  return transactionNames.filter((name) => awaitedStates(name, record).includes(state));
}

/** States of a record in which a step is waited for. */
export function awaitedStates(name: TransactionName, record: RecordType): readonly string[] {
  return workflow[name].awaited[record] ?? [];
}
