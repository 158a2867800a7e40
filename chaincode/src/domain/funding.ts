/** What follows a vote: an act funds or reserves what the final round selected or did not (rule 3), then co-design. */
import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import type { Handler } from "./handler";
import { change } from "./proposals";
import { requireState } from "./require";
import type { Tx } from "./tx";

export const fund: Handler<"proposals:fund"> = async (tx, input) => {
  const { proposal, selected } = await voted(tx, input.id, input.round);
  if (!selected) throw new RuleError("not_selected");
  change(tx, proposal, { state: "funded", act: input.act });
  return undefined;
};

export const reserve: Handler<"proposals:reserve"> = async (tx, input) => {
  const { proposal, selected } = await voted(tx, input.id, input.round);
  if (selected) throw new RuleError("outcome_differs");
  change(tx, proposal, { state: "reserve", act: input.act });
  return undefined;
};

export const startCoDesign: Handler<"proposals:startCoDesign"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(proposal, "funded");
  change(tx, proposal, { state: "co_design" });
  return undefined;
};

export const readyForPact: Handler<"proposals:readyForPact"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(proposal, "co_design");
  change(tx, proposal, { state: "pact_ready", coDesignDocument: input.documentHash });
  return undefined;
};

export const abandon: Handler<"proposals:abandon"> = async (tx, input) => {
  const proposal = await tx.need("proposal", input.id);
  requireState(proposal, "co_design");
  const pact = proposal.pact === undefined ? undefined : await tx.need("pact", proposal.pact);
  if (pact && pact.signatures.length > 0) requireState(pact, "terminated", "expired");
  change(tx, proposal, { state: "abandoned", reasonDigest: input.reasonDigest });
  return undefined;
};

/** A proposal on the ballot of a round that is final, and whether it was selected there. */
async function voted(tx: Tx, id: string, roundId: string) {
  const proposal = await tx.need("proposal", id);
  requireState(proposal, "on_ballot");
  const round = await tx.need("round", roundId);
  requireState(round, "final");
  const project = round.projects.find((candidate) => candidate.proposal === id);
  if (!project || proposal.round !== roundId) throw new RuleError("not_on_ballot", { round: roundId });
  return { proposal, selected: isSelected(round, project.number) };
}

function isSelected(round: RecordOf<"round">, number: number): boolean {
  return round.outcome?.selected.includes(number) ?? false;
}
