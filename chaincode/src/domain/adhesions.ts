import { RuleError } from "../../../protocol/errors";
import type { Handler } from "./handler";
import { requireState } from "./moves";

/** One adhesion a person and proposal; one that was withdrawn can be given again. */
export const adhere: Handler<"proposals:adhere"> = async (tx, input) => {
  const { person } = tx.actor;
  const [proposal, earlier] = await Promise.all([
    tx.need("proposal", input.proposal),
    tx.get("adhesion", input.proposal, person),
  ]);
  requireState(tx, "proposal", proposal);
  if (earlier && !earlier.withdrawn) {
    throw new RuleError("already_exists", { type: "adhesion", id: earlier.id });
  }
  tx.put("adhesion", [proposal.id, person], {
    municipality: tx.municipality,
    id: input.id,
    proposal: proposal.id,
    commons: proposal.commons,
    person,
    kind: input.kind,
    withdrawn: false,
  });
  return undefined;
};

export const withdrawAdhesion: Handler<"proposals:withdrawAdhesion"> = async (tx, input) => {
  const { person } = tx.actor;
  const adhesion = await tx.need("adhesion", input.proposal, person);
  if (adhesion.withdrawn) throw new RuleError("not_found", { type: "adhesion", id: adhesion.id });
  tx.put("adhesion", [input.proposal, person], { ...adhesion, withdrawn: true });
  return undefined;
};
