/** What later steps ask of the proposal and the pact they rest on: states and terms are compared, never waited for. */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { hasEnded } from "../../../protocol/records/pacts";
import { proposalsWithoutKeys } from "./first-version";
import { requireState } from "./moves";
import { requireDisinterested } from "./separation";
import type { Tx } from "./tx";

type Pact = RecordOf<"pact">;
type Proposal = RecordOf<"proposal">;
type Commitment = RecordOf<"commitment">;

/** What stands behind a commitment, for somebody in office who takes a step on it. */
export async function behind(tx: Tx, commitment: Commitment): Promise<{ pact: Pact; proposal: Proposal }> {
  const pact = await tx.need("pact", commitment.pact);
  const proposal = await tx.need("proposal", pact.proposal);
  return { pact, proposal };
}

/** The same, refusing whoever has an interest. @throws {RuleError} `conflict_of_interest` */
export async function requireOfficial(
  tx: Tx,
  commitment: Commitment,
): Promise<{ pact: Pact; proposal: Proposal }> {
  const found = await behind(tx, commitment);
  const { payee, beneficiary } = commitment;
  await requireDisinterested(tx, found.proposal, payee, beneficiary, ...subjectsOf(found.pact));
  return found;
}

export function subjectsOf(pact: Pick<Pact, "parties">): string[] {
  return pact.parties.flatMap(({ subject }) => subject ?? []);
}

/** The proposal a pact is about, in co-design or past it. */
export async function requireInCoDesign(tx: Tx, id: string): Promise<Proposal> {
  const proposal = await tx.need("proposal", id);
  requireState(tx, "proposal", proposal);
  return proposal;
}

/** @throws {RuleError} `pact_term_over` from the day after its last one, whether or not anybody said that it expired */
export function requireWithinTerm(pact: Pact, day: string): void {
  if (day > pact.endsOn) throw new RuleError("pact_term_over", { day: pact.endsOn });
}

/** @throws {RuleError} `pact_not_active`, `pact_term_over`, `insurance_missing`, `insurance_expired` or `proposal_not_ready` */
export function requireInForce(tx: Tx, pact: Pact, proposal: Proposal): void {
  requireState(tx, "pact", pact);
  requireWithinTerm(pact, tx.day);
  requireInsured(pact, tx.day);
  requireState(tx, "proposal", proposal);
}

/** What was done under a pact goes on to be paid while it is in force, or by the act that settles what it left. */
export function requireDrawable(tx: Tx, commitment: Commitment, pact: Pact, proposal: Proposal): void {
  if (!isSettled(commitment, pact, tx.day)) requireInForce(tx, pact, proposal);
}

/** Whether the pact has ended, and an act lets what it left be paid. */
export function isSettled({ settlement }: Commitment, pact: Pact, day: string): boolean {
  return settlement !== undefined && hasEnded(pact, day);
}

/** @throws {RuleError} `insurance_missing` or `insurance_expired` */
export function requireInsured({ insurance }: Pact, day: string): void {
  if (!insurance) throw new RuleError("insurance_missing");
  if (insurance.validUntil < day) throw new RuleError("insurance_expired", { day: insurance.validUntil });
}

/** States of a proposal that was funded and is not given up. */
export const holdsCommons: readonly Proposal["state"][] = ["funded", "co_design", "pact_ready"];

/** Two rivals for one commons are never both funded. @throws {RuleError} `commons_taken` */
export async function takeCommons(tx: Tx, proposal: Proposal): Promise<void> {
  const rival = await rivalOf(tx, proposal);
  if (rival) throw new RuleError("commons_taken", { commons: proposal.commons, proposal: rival.id });
  tx.putInternal("funded", [proposal.commons], { proposal: proposal.id });
}

/** The other proposal that has the same commons: funded, not abandoned, and its pact not over. */
export async function rivalOf(tx: Tx, proposal: Proposal): Promise<Proposal | undefined> {
  const funded = await tx.getInternal("funded", proposal.commons);
  if (funded?.proposal === proposal.id) return undefined;
  const others = funded
    ? [await tx.need("proposal", funded.proposal)]
    : (await proposalsWithoutKeys(tx)).filter(
        ({ id, commons }) => commons === proposal.commons && id !== proposal.id,
      );
  for (const other of others) {
    if (!holdsCommons.includes(other.state)) continue;
    const pact = other.pact === undefined ? undefined : await tx.need("pact", other.pact);
    if (!pact || !hasEnded(pact, tx.day)) return other;
  }
  return undefined;
}
