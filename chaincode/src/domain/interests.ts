/** Who decides on a proposal has no interest in it: not its author, nobody of who proposes, and nobody who declared one. */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import type { Tx } from "./tx";

type Proposal = RecordOf<"proposal">;
type Subject = RecordOf<"subject">;

/** Whether a person stands behind a proposal: its representative, or that of one merged into it. */
export function isAuthor(proposal: Pick<Proposal, "representative" | "credits">, person: string): boolean {
  return person === proposal.representative || proposal.credits.includes(person);
}

/** Everybody who represents, represented or declared to belong to a subject. */
function peopleOf({ representative, formerRepresentatives = [], interested = [] }: Subject): string[] {
  return [...(representative ? [representative] : []), ...formerRepresentatives, ...interested];
}

/** Whether a person represents, represented or declared to belong to a subject. */
export function hasInterest(subject: Subject, person: string): boolean {
  return peopleOf(subject).includes(person);
}

/**
 * @throws {RuleError} `own_proposal` for an author, `conflict_declared` for who declared an interest, or
 * `conflict_of_interest` for who belongs to the subject that proposes
 */
export async function requireNoInterest(tx: Tx, proposal: Proposal): Promise<void> {
  const { person } = tx.actor;
  if (isAuthor(proposal, person)) throw new RuleError("own_proposal", { proposal: proposal.id });
  const [own, subject] = await Promise.all([
    tx.get("assessment", proposal.id, person),
    tx.need("subject", proposal.subject),
  ]);
  if (own?.conflict) throw new RuleError("conflict_declared", { proposal: proposal.id });
  if (hasInterest(subject, person)) throw new RuleError("conflict_of_interest");
}

/** Remembers who has an interest in a project of a round, so that each step of the round asks by one small key. */
export async function noteInterests(tx: Tx, round: string, proposal: Proposal): Promise<void> {
  const [assessments, subject] = await Promise.all([
    tx.list("assessment", proposal.id),
    tx.need("subject", proposal.subject),
  ]);
  const declared = assessments.filter(({ conflict }) => conflict).map(({ assessor }) => assessor);
  for (const person of [proposal.representative, ...proposal.credits, ...peopleOf(subject), ...declared])
    tx.putInternal("interest", [round, person], { proposal: proposal.id });
}

/**
 * @throws {RuleError} `own_proposal` for who has an interest in a project on the round's ballot; of a round that the
 * first version froze, which kept no such key, what `requireNoInterest` throws of its projects
 */
export async function requireNoInterestInRound(tx: Tx, round: RecordOf<"round">): Promise<void> {
  const interest = await tx.getInternal("interest", round.id, tx.actor.person);
  if (interest) throw new RuleError("own_proposal", { proposal: interest.proposal });
  if (round.frozenBy) return;
  const proposals = await Promise.all(round.projects.map(({ proposal }) => tx.need("proposal", proposal)));
  await Promise.all(proposals.map((proposal) => requireNoInterest(tx, proposal)));
}
