/** Offices: proposed by one organisation, confirmed by another, neither by the person concerned. */

import { addDays } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import { isHeldOn } from "../../../protocol/in-office";
import { SUSPENSION_DAYS } from "../../../protocol/records/register";
import { forgetAdministrator, noteAdministrator, requireAnotherAdministrator } from "./administrators";
import type { Handler } from "./handler";
import { requireCompatible } from "./incompatible-roles";
import { requireOthers, requireState } from "./moves";
import {
  endOffice,
  enterOffice,
  needFounded,
  type Office,
  officesOfPerson,
  organisationOf,
} from "./register";
import type { Tx } from "./tx";
import { requireOtherOrganisation } from "./voices";

export const propose: Handler<"offices:propose"> = async (tx, { command: _, municipality: __, ...terms }) => {
  requireConcernsAnother(tx, terms.person);
  requireOwnOrganisation(tx, terms.organisation);
  organisationOf(await needFounded(tx), terms.organisation);
  await enterOffice(tx, tx.day, terms, { state: "proposed", proposedBy: tx.actor });
  return undefined;
};

export const confirm: Handler<"offices:confirm"> = async (tx, { id }) => {
  const office = await tx.need("office", id);
  requireState(tx, "office", office);
  requireConcernsAnother(tx, office.person);
  requireOtherOrganisation(tx, office.organisation);
  requireOthers(tx, { office });
  if (office.until !== undefined && tx.day > office.until)
    throw new RuleError("too_late", { day: office.until });
  const others = await officesOfPerson(tx, await tx.get("official", office.person));
  await requireCompatible(
    tx,
    office,
    others.filter(({ state }) => state !== "proposed"),
  );
  const held: Office = { ...office, state: "held", confirmedBy: tx.actor, confirmedOn: tx.day };
  tx.put("office", [id], held);
  await noteAdministrator(tx, held);
  return undefined;
};

/** One's own office ends at once; a proposal is taken back by the organisation that made it. */
export const withdraw: Handler<"offices:withdraw"> = async (tx, { id }) => {
  const office = await tx.need("office", id);
  requireState(tx, "office", office);
  const own = office.person === tx.actor.person;
  const proposedByUs =
    office.state === "proposed" &&
    tx.actor.role === "administrator" &&
    tx.actor.organisation === office.organisation;
  if (!own && !proposedByUs) throw new RuleError("not_own", { id });
  if (office.state !== "proposed") await requireAnotherAdministrator(tx, office);
  await end(tx, office);
  return undefined;
};

/** An organisation takes one of its own people out of office for seven days, alone. */
export const suspend: Handler<"offices:suspend"> = async (tx, { id, reasonDigest }) => {
  const office = await tx.need("office", id);
  requireState(tx, "office", office);
  requireConcernsAnother(tx, office.person);
  requireOwnOrganisation(tx, office.organisation);
  if (!isHeldOn(office, tx.day)) throw new RuleError("wrong_state", { id, state: office.state });
  await requireAnotherAdministrator(tx, office);
  const suspension = { by: tx.actor, on: tx.day, until: addDays(tx.day, SUSPENSION_DAYS), reasonDigest };
  tx.put("office", [id], { ...office, state: "suspended", suspension });
  return undefined;
};

/** Another organisation confirms a suspension within its days: the office has ended. */
export const confirmWithdrawal: Handler<"offices:confirmWithdrawal"> = async (tx, { id }) => {
  const office = await tx.need("office", id);
  requireState(tx, "office", office);
  requireConcernsAnother(tx, office.person);
  requireOtherOrganisation(tx, office.organisation);
  const { suspension } = office;
  requireOthers(tx, { office });
  if (suspension && tx.day > suspension.until)
    throw new RuleError("suspension_over", { day: suspension.until });
  await requireAnotherAdministrator(tx, office);
  await end(tx, office);
  return undefined;
};

/** @throws {RuleError} `person_concerned`: nobody decides about themselves */
export function requireConcernsAnother(tx: Tx, person: string): void {
  if (tx.actor.person === person) throw new RuleError("person_concerned");
}

function requireOwnOrganisation(tx: Tx, part: Office["organisation"]): void {
  const { organisation, role } = tx.actor;
  if (organisation !== part) throw new RuleError("wrong_organisation", { organisation, role });
}

async function end(tx: Tx, office: Office): Promise<void> {
  await endOffice(tx, office);
  await forgetAdministrator(tx, office);
}
