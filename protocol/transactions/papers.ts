/** What a party signed on paper: one witness records the scan, and it counts when a second one has confirmed it. */
import { Id } from "../primitives";
import { paperTerms } from "../records/papers";
import { witnessRoles } from "./binding";
import { define, input } from "./definition";

export const papersTransactions = {
  "papers:record": define(witnessRoles, input(paperTerms)),
  /** Says again what the first witness recorded: it is what this one signs, and has to be the same. */
  "papers:confirm": define(witnessRoles, input(paperTerms)),
  /** Takes back what was recorded by mistake and nobody has confirmed. */
  "papers:withdraw": define(witnessRoles, input({ id: Id })),
} as const;
