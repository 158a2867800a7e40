/** The same money kept a second time, from what each accepted transaction says, in exact integers of any size. */
import type { RecordOf } from "../../protocol/records";
import type { TransactionName } from "../../protocol/transactions";
import type { City } from "./city";
import { torino } from "./people";

type Entry = { line: string; commitment: string };

export class Books {
  readonly budget = new Map<string, bigint>();
  readonly committed = new Map<string, bigint>();
  readonly accepted = new Map<string, bigint>();
  readonly paid = new Map<string, bigint>();
  /** Released after it was carried over, and no line's any more. */
  saved = 0n;

  /** Opened on what a city already holds, from its single milestones and payments. */
  constructor(city: City) {
    const all = <T>(type: string) => city.state.all<T>(torino, type);
    for (const { id, budgetCents } of all<RecordOf<"budget_line">>("budget_line")) {
      this.budget.set(id, BigInt(budgetCents));
    }
    for (const { id, line, amountCents } of all<RecordOf<"commitment">>("commitment")) {
      add(this.committed, { line, commitment: id }, BigInt(amountCents));
    }
    for (const milestone of all<RecordOf<"milestone">>("milestone")) {
      add(this.accepted, milestone, BigInt(milestone.acceptedCents));
    }
    for (const payment of all<RecordOf<"payment">>("payment")) {
      if (payment.state === "paid") add(this.paid, payment, BigInt(payment.amountCents));
    }
  }

  /** Enters a transaction that was committed. */
  enter(city: City, name: TransactionName, input: Record<string, unknown>): void {
    const id = String(input.id);
    const cents = () => BigInt(input.amountCents as number);
    if (name === "funds:changeBudget") this.budget.set(id, BigInt(input.budgetCents as number));
    if (name === "funds:commit") add(this.committed, { line: String(input.line), commitment: id }, cents());
    if (name === "funds:carryOver") {
      const earlier = String(input.commitment);
      const line = city.record("commitment", id).carriedFrom?.line ?? "";
      this.budget.set(line, (this.budget.get(line) ?? 0n) - cents());
      this.budget.set(String(input.line), (this.budget.get(String(input.line)) ?? 0n) + cents());
      add(this.committed, { line, commitment: earlier }, -cents());
      add(this.committed, { line: String(input.line), commitment: id }, cents());
    }
    if (name === "funds:release") {
      const { id: commitment, line, carriedFrom } = city.record("commitment", String(input.commitment));
      add(this.committed, { line, commitment }, -cents());
      if (input.milestone !== undefined) add(this.accepted, { line, commitment }, -cents());
      if (carriedFrom) {
        this.budget.set(line, (this.budget.get(line) ?? 0n) - cents());
        this.saved += cents();
      }
    }
    if (name === "milestones:accept") {
      add(this.accepted, city.record("milestone", id), BigInt(input.acceptedCents as number));
    }
    if (name === "payments:recordPaid") {
      const payment = city.record("payment", id);
      add(this.paid, payment, BigInt(payment.amountCents));
    }
    if (name === "payments:recover") add(this.paid, city.record("payment", id), -cents());
  }
}

function add(sums: Map<string, bigint>, { line, commitment }: Entry, cents: bigint): void {
  for (const account of [line, commitment]) sums.set(account, (sums.get(account) ?? 0n) + cents);
}
