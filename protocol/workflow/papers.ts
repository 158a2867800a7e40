/** Steps of what a party signed on paper. */
import type { papersTransactions } from "../transactions/papers";
import { makes, moves, type Step, step } from "./step";

export const papersSteps = {
  "papers:record": step(makes("paper", "recorded"), { disinterested: true }),
  /** What was signed on it is carried out with it, by the rules of its own step. */
  "papers:confirm": step(moves("paper", ["recorded"], ["confirmed"]), {
    awaited: { paper: ["recorded"] },
    others: ["papers:record"],
    otherOrganisation: "papers:record",
    disinterested: true,
  }),
  "papers:withdraw": step(moves("paper", ["recorded"], ["withdrawn"])),
} as const satisfies Record<keyof typeof papersTransactions, Step>;
