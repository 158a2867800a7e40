/** A signed pact's life: insurance and safety, active, suspended, ended. */
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import { statesFor } from "../../../protocol/workflow/table";
import type { Handler } from "./handler";
import { requireState } from "./moves";
import { versionPart } from "./pacts";
import { change } from "./proposals";
import { requirePast, requireSince } from "./require";
import { requireDisinterested } from "./separation";
import { requireInsured, requireWithinTerm, subjectsOf } from "./standing";
import type { Tx } from "./tx";

type Pact = RecordOf<"pact">;

export const recordInsurance: Handler<"pacts:recordInsurance"> = async (tx, input) => {
  const { pact } = await ofOffice(tx, input.id);
  requireState(tx, "pact", pact);
  if (input.validUntil < tx.day) throw new RuleError("insurance_expired", { day: input.validUntil });
  const insurance = { documentHash: input.documentHash, validUntil: input.validUntil };
  tx.put("pact", [pact.id], { ...pact, insurance });
  return undefined;
};

export const recordSafetyBriefing: Handler<"pacts:recordSafetyBriefing"> = async (tx, input) => {
  const { pact, proposal } = await ofOffice(tx, input.id);
  requireState(tx, "pact", pact);
  requirePast(tx, input.heldOn);
  requireSince(input.heldOn, proposal.submittedOn);
  const safetyBriefing = { documentHash: input.documentHash, heldOn: input.heldOn };
  tx.put("pact", [pact.id], { ...pact, safetyBriefing });
  return undefined;
};

/** Rule 11: a pact becomes active insured and briefed, within its term. The pact it renews ends here. */
export const activate: Handler<"pacts:activate"> = async (tx, input) => {
  const { pact, proposal } = await ofOffice(tx, input.id);
  requireState(tx, "pact", pact);
  requireState(tx, "proposal", proposal);
  requireSafe(tx, pact);
  if (tx.day < pact.startsOn) throw new RuleError("too_early", { day: pact.startsOn });
  if (pact.renews !== undefined) {
    const earlier = await tx.need("pact", pact.renews);
    // A pact that was terminated meanwhile stays so.
    if (statesFor("pacts:activate", "pact", "renewed").includes(earlier.state))
      tx.put("pact", [earlier.id], { ...earlier, state: "renewed", endedOn: tx.day });
  }
  tx.put("pact", [pact.id], { ...pact, state: "active" });
  return undefined;
};

export const suspend: Handler<"pacts:suspend"> = async (tx, input) => {
  const { pact } = await ofOffice(tx, input.id);
  requireState(tx, "pact", pact);
  tx.put("pact", [pact.id], { ...pact, state: "suspended", reasonDigest: input.reasonDigest });
  return undefined;
};

export const resume: Handler<"pacts:resume"> = async (tx, input) => {
  const { pact, proposal } = await ofOffice(tx, input.id);
  requireState(tx, "pact", pact);
  requireState(tx, "proposal", proposal);
  requireSafe(tx, pact);
  tx.put("pact", [pact.id], { ...pact, state: "active", reasonDigest: input.reasonDigest });
  return undefined;
};

export const terminate: Handler<"pacts:terminate"> = async (tx, input) => {
  const { pact } = await ofOffice(tx, input.id);
  requireState(tx, "pact", pact);
  tx.put("pact", [pact.id], {
    ...pact,
    state: "terminated",
    reasonDigest: input.reasonDigest,
    endedOn: tx.day,
  });
  return undefined;
};

/** A pact that never became active is given up by an act; a renewal that is leaves the pact it was to renew. */
export const withdraw: Handler<"pacts:withdraw"> = async (tx, input) => {
  const { pact, proposal } = await ofOffice(tx, input.id);
  requireState(tx, "pact", pact);
  const version = await tx.need("pact_version", pact.id, versionPart(pact.version));
  requireSince(input.act.date, version.draftedOn);
  giveUp(tx, pact, proposal, { reasonDigest: input.reasonDigest, withdrawalAct: input.act });
  return undefined;
};

/** Ends a pact that never became active. */
export function giveUp(
  tx: Tx,
  pact: Pact,
  proposal: RecordOf<"proposal">,
  why: Pick<Pact, "reasonDigest" | "withdrawalAct">,
): void {
  tx.put("pact", [pact.id], { ...pact, ...why, state: "withdrawn", endedOn: tx.day });
  if (pact.renews !== undefined) change(tx, proposal, { pact: pact.renews });
}

export const expire: Handler<"pacts:expire"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(tx, "pact", pact);
  if (tx.day <= pact.endsOn) throw new RuleError("too_early", { day: pact.endsOn });
  tx.put("pact", [pact.id], { ...pact, state: "expired", endedOn: pact.endsOn });
  return undefined;
};

/** A pact for somebody in office to take a step on. @throws {RuleError} `conflict_of_interest` */
async function ofOffice(tx: Tx, id: string) {
  const pact = await tx.need("pact", id);
  const proposal = await tx.need("proposal", pact.proposal);
  await requireDisinterested(tx, proposal, ...subjectsOf(pact));
  return { pact, proposal };
}

/** @throws {RuleError} `insurance_missing`, `insurance_expired`, `safety_briefing_missing`, or `pact_term_over` */
function requireSafe(tx: Tx, pact: Pact): void {
  requireInsured(pact, tx.day);
  if (!pact.safetyBriefing) throw new RuleError("safety_briefing_missing");
  requireWithinTerm(pact, tx.day);
}
