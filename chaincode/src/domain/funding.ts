/** What follows a vote: an act funds or reserves what the final round selected or did not (rule 3), then co-design. */
import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import type { Handler } from "./handler";
import { requireNoInterest } from "./interests";
import { change } from "./proposals";
import { requireState } from "./require";
import type { Tx } from "./tx";

type Proposal = RecordOf<"proposal">;

/** What the round selected, or one of its reserve when the round's money suffices again. One proposal a commons. */
export const fund: Handler<"proposals:fund"> = async (tx, input) => {
  const { proposal, round, selected } = await voted(tx, input.id, input.round, ["on_ballot", "reserve"]);
  if (proposal.state === "on_ballot" && !selected) throw new RuleError("not_selected");
  const rival = await fundedRival(tx, proposal);
  if (rival) throw new RuleError("commons_taken", { commons: proposal.commons, proposal: rival });
  const cents = (await fundsOf(tx, round)) + proposal.costCents;
  if (cents > round.budgetCents) throw new RuleError("over_budget", { limitCents: round.budgetCents });
  tx.putInternal("round_funds", [round.id], { cents });
  tx.putInternal("funded", [proposal.commons], { proposal: proposal.id });
  change(tx, proposal, { state: "funded", act: input.act });
  return undefined;
};

/** What the round did not select, or did while a rival has the commons, waits in the reserve. */
export const reserve: Handler<"proposals:reserve"> = async (tx, input) => {
  const { proposal, selected } = await voted(tx, input.id, input.round, ["on_ballot"]);
  if (selected && !(await fundedRival(tx, proposal))) throw new RuleError("outcome_differs");
  change(tx, proposal, { state: "reserve", act: input.act });
  return undefined;
};

export const startCoDesign: Handler<"proposals:startCoDesign"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(proposal, "funded");
  await requireNoInterest(tx, proposal);
  change(tx, proposal, { state: "co_design" });
  return undefined;
};

export const readyForPact: Handler<"proposals:readyForPact"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(proposal, "co_design");
  await requireNoInterest(tx, proposal);
  change(tx, proposal, { state: "pact_ready", coDesignDocument: input.documentHash });
  return undefined;
};

/** Gives a proposal up, by an act, as long as no pact that binds stands on it; its money is the round's again. */
export const abandon: Handler<"proposals:abandon"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(proposal, "funded", "reserve", "co_design", "pact_ready");
  await requireNoInterest(tx, proposal);
  const pact = proposal.pact === undefined ? undefined : await tx.need("pact", proposal.pact);
  if (pact && pact.signatures.length > 0) requireState(pact, "terminated", "expired");
  if (proposal.state !== "reserve" && proposal.round !== undefined) {
    const cents = await fundsOf(tx, await tx.need("round", proposal.round));
    tx.putInternal("round_funds", [proposal.round], { cents: cents - proposal.costCents });
  }
  change(tx, proposal, { state: "abandoned", act: input.act, reasonDigest: input.reasonDigest });
  return undefined;
};

/** A proposal on the ballot of a round that is final, and whether it was selected there. */
async function voted(tx: Tx, id: string, roundId: string, states: ("on_ballot" | "reserve")[]) {
  const proposal = await tx.need("proposal", id);
  requireState<Proposal["state"]>(proposal, ...states);
  await requireNoInterest(tx, proposal);
  const round = await tx.need("round", roundId);
  requireState(round, "final");
  const project = round.projects.find((candidate) => candidate.proposal === id);
  if (!project || proposal.round !== roundId) throw new RuleError("not_on_ballot", { round: roundId });
  return { proposal, round, selected: isSelected(round, project.number) };
}

function isSelected(round: RecordOf<"round">, number: number): boolean {
  return round.outcome?.selected.includes(number) ?? false;
}

/** What acts have funded of a round, cents. Summed from its proposals once, as an earlier version kept no sum. */
async function fundsOf(tx: Tx, round: RecordOf<"round">): Promise<number> {
  const known = await tx.getInternal("round_funds", round.id);
  if (known) return known.cents;
  const proposals = await Promise.all(round.projects.map(({ proposal }) => tx.need("proposal", proposal)));
  return proposals
    .filter((proposal) => proposal.round === round.id && holdsCommons.includes(proposal.state))
    .reduce((sum, { costCents }) => sum + costCents, 0);
}

/** States of a proposal that was funded and is not given up. */
const holdsCommons: readonly Proposal["state"][] = ["funded", "co_design", "pact_ready"];

/** Another proposal that has the same commons: funded, in co-design, or under a pact that has not ended. */
async function fundedRival(tx: Tx, { id, commons }: Proposal): Promise<string | undefined> {
  const funded = await tx.getInternal("funded", commons);
  if (!funded || funded.proposal === id) return undefined;
  const rival = await tx.need("proposal", funded.proposal);
  if (!holdsCommons.includes(rival.state)) return undefined;
  const pact = rival.pact === undefined ? undefined : await tx.need("pact", rival.pact);
  return pact && ["expired", "terminated"].includes(pact.state) ? undefined : rival.id;
}
