import { canonicalJson } from "../../../protocol/canonical-json";
import { legalDay } from "../../../protocol/days";
import { RuleError } from "../../../protocol/errors";
import { ceilings, floors, type Settings } from "../../../protocol/records/municipality";
import type { Handler } from "./handler";
import { invalid, requireSince } from "./require";
import type { Tx } from "./tx";
import { requireOtherOrganisation } from "./voices";

/** The Comune proposes settings by an act; a later proposal takes the place of one that nobody confirmed. */
export const proposeSettings: Handler<"municipality:proposeSettings"> = async (tx, { settings, act }) => {
  requireComune(tx);
  const record = await tx.need("municipality", tx.municipality);
  requireWithinBounds(settings, record.trial);
  requireSince(act.date, record.act?.date);
  const { organisation, person } = tx.actor;
  tx.put("municipality", [record.id], {
    ...record,
    proposedSettings: { settings, act, organisation, person },
  });
  return undefined;
};

/** Another person of another organisation confirms the very settings that were proposed: they hold from now on. */
export const confirmSettings: Handler<"municipality:confirmSettings"> = async (tx, { settings }) => {
  const { proposedSettings: proposed, ...record } = await tx.need("municipality", tx.municipality);
  if (!proposed) throw new RuleError("not_found", { type: "settings", id: record.id });
  requireOtherOrganisation(tx, proposed.organisation);
  if (proposed.person === tx.actor.person) throw new RuleError("same_person");
  if (canonicalJson(proposed.settings) !== canonicalJson(settings)) throw new RuleError("settings_differ");
  tx.put("municipality", [record.id], { ...record, settings, act: proposed.act });
  return undefined;
};

/** The chain's day goes forward only, and never past the endorser's own clock. */
export const advanceDay: Handler<"municipality:advanceDay"> = (tx, { day }) => {
  if (day <= tx.day) throw new RuleError("day_backwards", { day: tx.day });
  if (day > legalDay(tx.circumstances.now)) throw new RuleError("day_in_future", { day });
  tx.put("day", ["day"], { municipality: tx.municipality, id: "day", day });
  return undefined;
};

/**
 * Keeps a registrar's public key: the one of the certificate that asks, so nobody registers another's. A registrar has
 * one key for an organisation: the one before is withdrawn, since its certificate has been replaced.
 */
export const registerSigningKey: Handler<"municipality:registerSigningKey"> = async (tx, input) => {
  if (input.publicKey !== tx.circumstances.certificateKey()) invalid("publicKey");
  const { organisation, person } = tx.actor;
  await tx.create("signing_key", [input.id], {
    municipality: tx.municipality,
    id: input.id,
    organisation,
    person,
    publicKey: input.publicKey,
    withdrawn: false,
  });
  const last = await tx.getInternal("last_key", organisation, person);
  const before = last && (await tx.need("signing_key", last.id));
  if (before && !before.withdrawn) tx.put("signing_key", [before.id], { ...before, withdrawn: true });
  tx.putInternal("last_key", [organisation, person], { id: input.id });
  return undefined;
};

export const withdrawSigningKey: Handler<"municipality:withdrawSigningKey"> = async (tx, input) => {
  const key = await tx.need("signing_key", input.id);
  if (key.organisation !== tx.actor.organisation) {
    throw new RuleError("wrong_organisation", { organisation: tx.actor.organisation, role: tx.actor.role });
  }
  if (key.withdrawn) throw new RuleError("key_withdrawn", { id: input.id });
  tx.put("signing_key", [key.id], { ...key, withdrawn: true });
  return undefined;
};

/** @throws {RuleError} `setting_below_floor` or `setting_above_ceiling`, except in a trial */
export function requireWithinBounds(settings: Settings, trial: boolean | undefined): void {
  if (trial) return;
  for (const [setting, least] of Object.entries(floors)) {
    if (settings[setting as keyof typeof floors] < least) {
      throw new RuleError("setting_below_floor", { setting, least });
    }
  }
  for (const [setting, limitCents] of Object.entries(ceilings)) {
    if (settings[setting as keyof typeof ceilings] > limitCents) {
      throw new RuleError("setting_above_ceiling", { setting, limitCents });
    }
  }
}

function requireComune(tx: Tx): void {
  const { organisation, role } = tx.actor;
  if (organisation !== "Comune") throw new RuleError("wrong_organisation", { organisation, role });
}
