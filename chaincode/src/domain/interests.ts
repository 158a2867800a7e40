/** Who decides on a proposal has no interest in it: not its author, and nobody who declared one. */
import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import type { Tx } from "./tx";

type Proposal = RecordOf<"proposal">;

/** Whether a person stands behind a proposal: its representative, or that of one merged into it. */
export function isAuthor(proposal: Pick<Proposal, "representative" | "credits">, person: string): boolean {
  return person === proposal.representative || proposal.credits.includes(person);
}

/** @throws {RuleError} `own_proposal` for an author, `conflict_declared` for who declared an interest */
export async function requireNoInterest(tx: Tx, proposal: Proposal): Promise<void> {
  const { person } = tx.actor;
  if (isAuthor(proposal, person)) throw new RuleError("own_proposal", { proposal: proposal.id });
  const own = await tx.get("assessment", proposal.id, person);
  if (own?.conflict) throw new RuleError("conflict_declared", { proposal: proposal.id });
}

/** Remembers who has an interest in a project of a round, so that each step of the round asks by one small key. */
export async function noteInterests(tx: Tx, round: string, proposal: Proposal): Promise<void> {
  const assessments = await tx.list("assessment", proposal.id);
  const declared = assessments.filter(({ conflict }) => conflict).map(({ assessor }) => assessor);
  for (const person of [proposal.representative, ...proposal.credits, ...declared])
    tx.putInternal("interest", [round, person], { proposal: proposal.id });
}

/** @throws {RuleError} `own_proposal` for who has an interest in a project on the round's ballot */
export async function requireNoInterestInRound(tx: Tx, round: string): Promise<void> {
  const interest = await tx.getInternal("interest", round, tx.actor.person);
  if (interest) throw new RuleError("own_proposal", { proposal: interest.proposal });
}
