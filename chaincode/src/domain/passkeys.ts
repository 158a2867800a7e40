/** Keys of people in office: a code read out by their owner, compared by people of two organisations. */

import { addDays } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import type { Handler } from "./handler";
import { requireOthers, requireState } from "./moves";
import { requireConcernsAnother } from "./offices";
import { endPasskey, enterPasskey, needFounded, newPasskey, passkeyCode } from "./register";
import { requireOtherOrganisation } from "./voices";

/**
 * The owner, with a key that counts already, or an administrator of their organisation who has compared the code.
 * Either way somebody of another organisation confirms it.
 */
export const propose: Handler<"passkeys:propose"> = async (tx, input) => {
  const { command: _, municipality: __, code, ...terms } = input;
  const [municipality, official] = await Promise.all([needFounded(tx), tx.need("official", terms.person)]);
  const { actor, day } = tx;
  if (actor.person !== terms.person) {
    if (actor.role !== "administrator") throw new RuleError("not_own", { id: terms.person });
    if (actor.organisation !== official.organisation)
      throw new RuleError("wrong_organisation", { organisation: actor.organisation, role: actor.role });
  }
  const passkey = await newPasskey(tx, municipality, official, terms);
  if (code !== passkeyCode(tx, municipality, passkey)) throw new RuleError("code_differs");
  enterPasskey(tx, official, { ...passkey, confirmations: [{ by: actor, on: day, code }] });
  return undefined;
};

export const confirm: Handler<"passkeys:confirm"> = async (tx, { id, code }) => {
  const passkey = await tx.need("passkey", id);
  requireState(tx, "passkey", passkey);
  requireConcernsAnother(tx, passkey.person);
  requireOtherOrganisation(tx, passkey.organisation);
  const [first] = passkey.confirmations;
  requireOthers(tx, { passkey });
  if (first?.code !== code) throw new RuleError("code_differs");
  tx.put("passkey", [id], {
    ...passkey,
    state: "counting",
    confirmations: [first, { by: tx.actor, on: tx.day, code }],
    countsFrom: addDays(tx.day, 1),
  });
  return undefined;
};

/** At once: one's own, or by an administrator of its owner's organisation where it is lost or stolen. */
export const withdraw: Handler<"passkeys:withdraw"> = async (tx, { id }) => {
  const passkey = await tx.need("passkey", id);
  requireState(tx, "passkey", passkey);
  const { person, role, organisation } = tx.actor;
  const ofOurs = role === "administrator" && organisation === passkey.organisation;
  if (person !== passkey.person && !ofOurs) throw new RuleError("not_own", { id });
  await endPasskey(tx, passkey);
  return undefined;
};
