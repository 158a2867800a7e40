/** An organisation changes its domain: first keys of the new origin count too, then those of the old one no longer. */
import { isTrialOrigin } from "../../../protocol/acts/origins";
import { RuleError } from "../../../protocol/errors";
import type { MunicipalOrganisation } from "../../../protocol/records/municipality";
import type { Handler } from "./handler";
import { type Founded, needFounded, organisationOf } from "./register";
import type { Tx } from "./tx";
import { requireOtherOrganisation } from "./voices";

export const proposeOrigin: Handler<"municipality:proposeOrigin"> = async (tx, { origin, act }) => {
  const record = await needFounded(tx);
  const { organisation: part, person } = tx.actor;
  const own = organisationOf(record, part);
  const known = own.origin === origin || own.newOrigin !== undefined;
  if (known || (isTrialOrigin(origin) && !record.trial))
    throw new RuleError("origin_not_allowed", { origin });
  const proposedOrigin = { part, origin, act, organisation: part, person };
  tx.put("municipality", [record.id], { ...record, proposedOrigin });
  return undefined;
};

export const confirmOrigin: Handler<"municipality:confirmOrigin"> = async (tx, { part, origin }) => {
  const { proposedOrigin: proposed, ...record } = await needFounded(tx);
  if (!proposed) throw new RuleError("not_found", { type: "origin", id: part });
  requireOtherOrganisation(tx, proposed.part);
  if (proposed.person === tx.actor.person) throw new RuleError("same_person");
  if (proposed.part !== part || proposed.origin !== origin) throw new RuleError("origin_differs");
  change(tx, record, { ...organisationOf(record, part), newOrigin: origin });
  return undefined;
};

export const retireOrigin: Handler<"municipality:retireOrigin"> = async (tx, { origin }) => {
  const record = await needFounded(tx);
  const { newOrigin, ...own } = organisationOf(record, tx.actor.organisation);
  if (newOrigin === undefined || own.origin !== origin) throw new RuleError("origin_differs");
  if (tx.circumstances.signedOn !== newOrigin) throw new RuleError("origin_not_allowed", { origin });
  change(tx, record, { ...own, origin: newOrigin });
  return undefined;
};

function change(tx: Tx, record: Founded, changed: MunicipalOrganisation): void {
  const organisations = record.organisations.map((one) => (one.part === changed.part ? changed : one));
  tx.put("municipality", [record.id], { ...record, organisations });
}
