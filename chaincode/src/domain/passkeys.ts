/**
 * Keys of people in office, and of residents for what binds them: a code read out by their owner, compared by people of
 * two organisations.
 */

import { addDays } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import type { Role } from "../../../protocol/primitives";
import type { InputOf } from "../../../protocol/transactions";
import { witnessRoles } from "../../../protocol/transactions/binding";
import type { Handler } from "./handler";
import { requireOthers, requireState } from "./moves";
import { requireConcernsAnother } from "./offices";
import {
  endPasskey,
  enterPasskey,
  enterResidentPasskey,
  needFounded,
  newPasskey,
  type Passkey,
  passkeyCode,
} from "./register";
import type { Tx } from "./tx";
import { requireOtherOrganisation } from "./voices";

/**
 * The owner, with a key that counts already, or an administrator of their organisation who has compared the code.
 * Either way somebody of another organisation confirms it.
 */
export const propose: Handler<"passkeys:propose"> = async (tx, input) => {
  if (input.resident) return proposeResident(tx, input);
  const { command: _, municipality: __, code, ...terms } = input;
  const [municipality, official] = await Promise.all([needFounded(tx), tx.need("official", terms.person)]);
  const { actor, day } = tx;
  if (actor.person !== terms.person) {
    if (actor.role !== "administrator") throw new RuleError("not_own", { id: terms.person });
    if (actor.organisation !== official.organisation)
      throw new RuleError("wrong_organisation", { organisation: actor.organisation, role: actor.role });
  }
  const passkey = await newPasskey(tx, municipality, official.organisation, terms);
  if (code !== passkeyCode(tx, municipality, passkey)) throw new RuleError("code_differs");
  enterPasskey(tx, official, { ...passkey, confirmations: [{ by: actor, on: day, code }] });
  return undefined;
};

/** Somebody in office who has seen who the resident is, and compared the code. */
async function proposeResident(tx: Tx, input: InputOf<"passkeys:propose">): Promise<undefined> {
  const { command: _, municipality: __, code, ...terms } = input;
  requireRole(tx, witnessRoles);
  requireConcernsAnother(tx, terms.person);
  const municipality = await needFounded(tx);
  const passkey = await newPasskey(tx, municipality, "Comune", terms);
  if (code !== passkeyCode(tx, municipality, passkey)) throw new RuleError("code_differs");
  await enterResidentPasskey(tx, { ...passkey, confirmations: [{ by: tx.actor, on: tx.day, code }] });
  return undefined;
}

export const confirm: Handler<"passkeys:confirm"> = async (tx, { id, code }) => {
  const passkey = await tx.need("passkey", id);
  requireState(tx, "passkey", passkey);
  requireConcernsAnother(tx, passkey.person);
  if (!passkey.resident) requireRole(tx, ["administrator", "guarantor"]);
  const [first] = passkey.confirmations;
  requireOtherOrganisation(tx, passkey.resident ? first?.by.organisation : passkey.organisation);
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

/**
 * At once: one's own, or where it is lost or stolen by an administrator of its owner's organisation; of a resident by any
 * witness, and by the Comune for them.
 */
export const withdraw: Handler<"passkeys:withdraw"> = async (tx, { id }) => {
  const passkey = await tx.need("passkey", id);
  requireState(tx, "passkey", passkey);
  if (!mayWithdraw(tx, passkey)) throw new RuleError("not_own", { id });
  await endPasskey(tx, passkey);
  return undefined;
};

function mayWithdraw({ actor }: Tx, { person, resident, organisation }: Passkey): boolean {
  const { role } = actor;
  // Nobody is vouched for in what belongs to an office.
  if (role === "resident") return resident === true && actor.person === person;
  if (actor.person === person) return true;
  if (resident) return isOneOf(witnessRoles, role);
  return role === "administrator" && actor.organisation === organisation;
}

function requireRole({ actor: { role } }: Tx, roles: readonly Role[]): void {
  if (!isOneOf(roles, role)) throw new RuleError("wrong_role", { role });
}

function isOneOf(roles: readonly Role[], role: Role): boolean {
  return roles.includes(role);
}
