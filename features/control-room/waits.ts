/** Steps at which money waits for an office, read from the workflow table. Pure. */
import type { Role } from "@/protocol/primitives";
import { milestoneStates, paymentStates } from "@/protocol/records/money";
import { type TransactionName, transactions } from "@/protocol/transactions";
import { awaitedIn, workflow } from "@/protocol/workflow/table";

export type WaitingState = {
  type: "milestone" | "payment";
  state: string;
  transaction: TransactionName;
  offices: readonly Role[];
};

/** The states in which a milestone or a payment waits for somebody in office; those that wait for residents stop no money. */
export const waitingStates: readonly WaitingState[] = [
  ...milestoneStates.map((state) => ({ type: "milestone" as const, state })),
  ...paymentStates.map((state) => ({ type: "payment" as const, state })),
].flatMap(({ type, state }) => {
  const transaction = awaitedIn(type, state).find((name) => workflow[name].by === undefined);
  return transaction ? [{ type, state, transaction, offices: transactions[transaction].roles }] : [];
});

export function waitingAt(type: string, state: string): WaitingState | undefined {
  return waitingStates.find((one) => one.type === type && one.state === state);
}
