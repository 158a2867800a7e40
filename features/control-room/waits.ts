/** Steps at which money waits for an office, read from the workflow table. Pure. */
import type { Role } from "@/protocol/primitives";
import { isInTurn, milestoneStates, paymentStates } from "@/protocol/records/money";
import { type TransactionName, transactions } from "@/protocol/transactions";
import { awaitedIn, workflow } from "@/protocol/workflow/table";

export type WaitingStep = {
  type: "milestone" | "payment";
  state: string;
  transaction: TransactionName;
  offices: readonly Role[];
};

/** The steps in office that a milestone or a payment waits for, in the order of the table; those of residents stop no money. */
const waitingSteps: readonly WaitingStep[] = [
  ...milestoneStates.map((state) => ({ type: "milestone" as const, state })),
  ...paymentStates.map((state) => ({ type: "payment" as const, state })),
].flatMap(({ type, state }) =>
  awaitedIn(type, state)
    .filter((name) => workflow[name].by === undefined)
    .map((transaction) => ({ type, state, transaction, offices: transactions[transaction].roles })),
);

/** The states in which something waits for an office. */
export const waitingStates: readonly string[] = [...new Set(waitingSteps.map(({ state }) => state))];

/** What it waits for first: where a verification is objected to, that the guarantors decide. */
export function waitingAt(type: string, state: string, isObjectedTo: boolean): WaitingStep | undefined {
  return waitingSteps.find(
    (one) => one.type === type && one.state === state && isInTurn(one.transaction, isObjectedTo),
  );
}
