/** What follows a vote: an act funds or reserves what the final round selected or did not (rule 3), then co-design. */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { endedStates } from "../../../protocol/records/pacts";
import { firstFinalDay } from "./counting";
import { committedTo } from "./funds";
import type { Handler } from "./handler";
import { requireState } from "./moves";
import { giveUp } from "./pact-term";
import { change } from "./proposals";
import { invalid, requireOneOf, requireSince, requireUnique } from "./require";
import { requireDisinterested } from "./separation";
import { holdsCommons, rivalOf, takeCommons } from "./standing";
import type { Tx } from "./tx";

type Proposal = RecordOf<"proposal">;

/** What the round selected, or one of its reserve when the round's money suffices again. One proposal a commons. */
export const fund: Handler<"proposals:fund"> = async (tx, input) => {
  const { proposal, round, selected } = await voted(tx, input.id, input.round);
  if (proposal.state === "on_ballot" && !selected) throw new RuleError("not_selected");
  requireSince(input.act.date, firstFinalDay(round));
  await takeCommons(tx, proposal);
  const cents = (await fundsOf(tx, round)) + proposal.costCents;
  if (cents > round.budgetCents) throw new RuleError("over_budget", { limitCents: round.budgetCents });
  tx.putInternal("round_funds", [round.id], { cents });
  change(tx, proposal, { state: "funded", act: input.act, committedCents: 0 });
  return undefined;
};

/** What the round did not select, or did while a rival has the commons, waits in the reserve. */
export const reserve: Handler<"proposals:reserve"> = async (tx, input) => {
  const { proposal, round, selected } = await voted(tx, input.id, input.round);
  if (selected && !(await rivalOf(tx, proposal))) throw new RuleError("outcome_differs");
  requireSince(input.act.date, firstFinalDay(round));
  change(tx, proposal, { state: "reserve", act: input.act });
  return undefined;
};

export const startCoDesign: Handler<"proposals:startCoDesign"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  await requireDisinterested(tx, proposal);
  requireState(tx, "proposal", proposal);
  await takeCommons(tx, proposal);
  change(tx, proposal, { state: "co_design" });
  return undefined;
};

export const readyForPact: Handler<"proposals:readyForPact"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  await requireDisinterested(tx, proposal);
  requireState(tx, "proposal", proposal);
  change(tx, proposal, { state: "pact_ready", coDesignDocument: input.documentHash });
  return undefined;
};

/**
 * Gives a proposal up, by an act, as long as no signed pact stands on it: a draft is given up with it, another
 * proposal can have the commons, and what is not committed is the round's again; the rest once it is released.
 */
export const abandon: Handler<"proposals:abandon"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(tx, "proposal", proposal);
  await requireDisinterested(tx, proposal);
  requireSince(input.act.date, proposal.act?.date);
  const pact = proposal.pact === undefined ? undefined : await tx.need("pact", proposal.pact);
  if (pact && !endedStates.includes(pact.state)) {
    if (pact.signatures.length > 0) requireOneOf(pact, endedStates);
    const renewed = pact.renews === undefined ? undefined : await tx.need("pact", pact.renews);
    if (renewed) requireOneOf(renewed, endedStates);
    giveUp(tx, pact, proposal, { reasonDigest: input.reasonDigest });
  }
  if (proposal.state !== "reserve") {
    await freeFunds(
      tx,
      proposal,
      proposal.costCents - keptOf(proposal.costCents, await committedTo(tx, proposal)),
    );
  }
  change(tx, proposal, { state: "abandoned", act: input.act, reasonDigest: input.reasonDigest });
  return undefined;
};

/** An act of the Giunta allows more than was voted; it stands beside the proposal and replaces none of it. */
export const allowBeyond: Handler<"proposals:allowBeyond"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(tx, "proposal", proposal);
  const { costCents, lines, beneficiaries, act } = input;
  if (costCents === undefined && lines.length + beneficiaries.length === 0) invalid("costCents");
  requireUnique(lines, "lines");
  requireUnique(beneficiaries, "beneficiaries");
  await Promise.all(lines.map((line) => tx.need("budget_line", line)));
  await requireDisinterested(tx, proposal, ...beneficiaries);
  requireSince(act.date, proposal.beyond?.act.date ?? proposal.act?.date);
  change(tx, proposal, { beyond: { costCents, lines, beneficiaries, act, by: tx.actor, on: tx.day } });
  return undefined;
};

/** A proposal on the ballot of a round that is final, and whether it was selected there. */
async function voted(tx: Tx, id: string, roundId: string) {
  const proposal = await tx.need("proposal", id);
  requireState(tx, "proposal", proposal);
  const round = await tx.need("round", roundId);
  requireState(tx, "round", round);
  const project = round.projects.find((candidate) => candidate.proposal === id);
  if (!project || proposal.round !== roundId) throw new RuleError("not_on_ballot", { round: roundId });
  await requireDisinterested(tx, proposal);
  return { proposal, round, selected: isSelected(round, project.number) };
}

function isSelected(round: RecordOf<"round">, number: number): boolean {
  return round.outcome?.selected.includes(number) ?? false;
}

/** What an abandoned proposal still has of its round's money, cents: what was committed to it, as far as it was voted. */
function keptOf(costCents: number, committedCents: number): number {
  return Math.min(costCents, committedCents);
}

/** What is released of an abandoned proposal is its round's again. */
export async function freeReleased(tx: Tx, proposal: Proposal, before: number, after: number): Promise<void> {
  if (proposal.state !== "abandoned") return;
  await freeFunds(tx, proposal, keptOf(proposal.costCents, before) - keptOf(proposal.costCents, after));
}

async function freeFunds(tx: Tx, { round }: Proposal, cents: number): Promise<void> {
  if (round === undefined) return;
  const funds = await fundsOf(tx, await tx.need("round", round));
  tx.putInternal("round_funds", [round], { cents: funds - cents });
}

/** What acts have funded of a round, cents. Summed from its proposals once, as an earlier version kept no sum. */
async function fundsOf(tx: Tx, round: RecordOf<"round">): Promise<number> {
  const known = await tx.getInternal("round_funds", round.id);
  if (known) return known.cents;
  const proposals = await Promise.all(round.projects.map(({ proposal }) => tx.need("proposal", proposal)));
  const ofRound = proposals.filter((proposal) => proposal.round === round.id);
  let cents = 0;
  for (const proposal of ofRound) {
    if (holdsCommons.includes(proposal.state)) cents += proposal.costCents;
    if (proposal.state === "abandoned") cents += keptOf(proposal.costCents, await committedTo(tx, proposal));
  }
  return cents;
}
