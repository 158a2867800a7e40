/** A signed pact's life: insurance and safety, active, suspended, ended. */
import { RuleError } from "../protocol/errors";
import type { RecordOf } from "../protocol/records";
import type { Handler } from "./handler";
import { requirePast, requireState } from "./require";
import type { Tx } from "./tx";

type Pact = RecordOf<"pact">;

const insurable = [
  "draft",
  "district_approved",
  "noted_by_giunta",
  "giunta_approved",
  "signed",
  "active",
  "suspended",
] as const;

/** What a renewal puts an end to; a pact that was terminated meanwhile stays so. */
const renewable: readonly Pact["state"][] = ["active", "suspended", "expired"];

export const recordInsurance: Handler<"pacts:recordInsurance"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, ...insurable);
  const insurance = { documentHash: input.documentHash, validUntil: input.validUntil };
  tx.put("pact", [pact.id], { ...pact, insurance });
  return undefined;
};

export const recordSafetyBriefing: Handler<"pacts:recordSafetyBriefing"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, ...insurable);
  requirePast(tx, input.heldOn);
  const safetyBriefing = { documentHash: input.documentHash, heldOn: input.heldOn };
  tx.put("pact", [pact.id], { ...pact, safetyBriefing });
  return undefined;
};

/** Rule 11: a pact becomes active insured and briefed, within its term. The pact it renews ends here. */
export const activate: Handler<"pacts:activate"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "signed");
  requireSafe(tx, pact);
  if (tx.day < pact.startsOn) throw new RuleError("too_early", { day: pact.startsOn });
  if (pact.renews !== undefined) {
    const earlier = await tx.need("pact", pact.renews);
    if (renewable.includes(earlier.state)) tx.put("pact", [earlier.id], { ...earlier, state: "renewed" });
  }
  tx.put("pact", [pact.id], { ...pact, state: "active" });
  return undefined;
};

export const suspend: Handler<"pacts:suspend"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "active");
  tx.put("pact", [pact.id], { ...pact, state: "suspended", reasonDigest: input.reasonDigest });
  return undefined;
};

export const resume: Handler<"pacts:resume"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "suspended");
  requireSafe(tx, pact);
  tx.put("pact", [pact.id], { ...pact, state: "active", reasonDigest: input.reasonDigest });
  return undefined;
};

export const terminate: Handler<"pacts:terminate"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "active", "suspended");
  tx.put("pact", [pact.id], { ...pact, state: "terminated", reasonDigest: input.reasonDigest });
  return undefined;
};

export const expire: Handler<"pacts:expire"> = async (tx, input) => {
  const pact = await tx.need("pact", input.id);
  requireState(pact, "active", "suspended");
  if (tx.day <= pact.endsOn) throw new RuleError("too_early", { day: pact.endsOn });
  tx.put("pact", [pact.id], { ...pact, state: "expired" });
  return undefined;
};

/** @throws {RuleError} `insurance_missing`, `insurance_expired`, `safety_briefing_missing`, or `too_late` after the term */
function requireSafe(tx: Tx, { insurance, safetyBriefing, endsOn }: Pact): void {
  if (!insurance) throw new RuleError("insurance_missing");
  if (insurance.validUntil < tx.day) throw new RuleError("insurance_expired", { day: insurance.validUntil });
  if (!safetyBriefing) throw new RuleError("safety_briefing_missing");
  if (tx.day > endsOn) throw new RuleError("too_late", { day: endsOn });
}
