/** An organisation changes its domain: first keys of the new origin count too, then those of the old one no longer. */
import { isTrialOrigin } from "../../../protocol/acts/origins";
import { RuleError } from "../../../protocol/errors";
import type { Organisation } from "../../../protocol/primitives";
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
  const proposed = { part, origin, act, organisation: part, person };
  // In the place of one's own earlier proposal; another organisation's goes on waiting.
  const proposedOrigins = [...othersThan(record, part), proposed];
  tx.put("municipality", [record.id], { ...record, proposedOrigins });
  return undefined;
};

export const confirmOrigin: Handler<"municipality:confirmOrigin"> = async (tx, { part, origin }) => {
  const record = await needFounded(tx);
  const proposed = record.proposedOrigins?.find((one) => one.part === part);
  if (!proposed) throw new RuleError("not_found", { type: "origin", id: part });
  requireOtherOrganisation(tx, proposed.part);
  if (proposed.person === tx.actor.person) throw new RuleError("same_person");
  if (proposed.origin !== origin) throw new RuleError("origin_differs");
  const { proposedOrigins: _, ...rest } = record;
  const waiting = othersThan(record, part);
  const left = { ...rest, ...(waiting.length > 0 && { proposedOrigins: waiting }) };
  change(tx, left, { ...organisationOf(record, part), newOrigin: origin });
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

function othersThan(record: Founded, part: Organisation) {
  return (record.proposedOrigins ?? []).filter((one) => one.part !== part);
}

function change(tx: Tx, record: Founded, changed: MunicipalOrganisation): void {
  const organisations = record.organisations.map((one) => (one.part === changed.part ? changed : one));
  tx.put("municipality", [record.id], { ...record, organisations });
}
