/**
 * Rule 5: who submits is not who verifies, who verifies is not who pays; by person, whatever their role. And nobody
 * acts in office on the pact or the money of those they represent or belong to.
 */
import { RuleError } from "../../../protocol/errors";
import { type Actor, officeRoles } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import { hasInterest, requireNoInterest } from "./interests";
import type { Tx } from "./tx";

/** @throws {RuleError} `same_person` when the person already acted as one of `others` */
export function requireOther(actor: Actor, ...others: (Actor | undefined)[]): void {
  if (others.some((other) => other?.person === actor.person)) throw new RuleError("same_person");
}

/**
 * Organisations count by the people who act for them: a resident's certificate comes from one, but speaks for none.
 * @throws {RuleError} `one_organisation_only` unless people in office of at least two organisations took part
 */
export function requireTwoOrganisations(tx: Tx, ...actors: (Actor | undefined)[]): void {
  if (officesOf(tx, actors).size < 2) throw new RuleError("one_organisation_only");
}

/** The organisations for which somebody in office acted, of those that count as one the first. */
export function officesOf(tx: Tx, actors: readonly (Actor | undefined)[]): Set<string> {
  const { voices } = tx.circumstances;
  return new Set(
    actors.flatMap((actor) => (actor && officeRoles.includes(actor.role) ? voices[actor.organisation] : [])),
  );
}

/**
 * Refuses whoever has an interest in the proposal, or represents, represented or declared to belong to the proponent
 * or one of the subjects.
 * @throws {RuleError} what `requireNoInterest` throws, or `conflict_of_interest`
 */
export async function requireDisinterested(
  tx: Tx,
  proposal: RecordOf<"proposal">,
  ...subjects: (string | undefined)[]
): Promise<void> {
  await requireNoInterest(tx, proposal);
  const ids = new Set([proposal.subject, ...subjects.filter((id) => id !== undefined)]);
  const found = await Promise.all([...ids].map((id) => tx.need("subject", id)));
  if (found.some((subject) => hasInterest(subject, tx.actor.person)))
    throw new RuleError("conflict_of_interest");
}
