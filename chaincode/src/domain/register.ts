/** The register of people in office: who holds what on a day, and how an office or a key enters it. */

import { fromBase64url } from "../../../protocol/acts/base64url";
import { relyingPartyId } from "../../../protocol/acts/origins";
import { passkeyCodeText } from "../../../protocol/acts/passkey-code";
import { RuleError } from "../../../protocol/errors";
import { type Organisation, officeRoles, type Role, roleOrganisations } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import type { MunicipalOrganisation } from "../../../protocol/records/municipality";
import { MOST_OFFICES, MOST_PASSKEYS } from "../../../protocol/records/register";
import { requireCompatible } from "./incompatible-roles";
import { invalid, requireOrder, requireRoom } from "./require";
import type { Tx } from "./tx";

export type Office = RecordOf<"office">;
export type Official = RecordOf<"official">;
export type Passkey = RecordOf<"passkey">;
export type OfficeTerms = Pick<
  Office,
  "id" | "person" | "organisation" | "role" | "from" | "until" | "district" | "substituteFor" | "act"
>;
export type PasskeyTerms = Pick<
  Passkey,
  "person" | "credential" | "spki" | "algorithm" | "trial" | "resident"
>;

/** A municipality with its organisations. */
export type Founded = RecordOf<"municipality"> & {
  founding: string;
  organisations: readonly MunicipalOrganisation[];
};

/** @throws {RuleError} `not_founded` while the municipality has no register */
export async function needFounded(tx: Tx): Promise<Founded> {
  const record = await tx.need("municipality", tx.municipality);
  const { founding, organisations } = record;
  if (founding === undefined || organisations === undefined) throw new RuleError("not_founded");
  return { ...record, founding, organisations };
}

/** @throws {RuleError} `not_found` unless the organisation is one of the municipality's */
export function organisationOf({ organisations }: Founded, part: Organisation): MunicipalOrganisation {
  const found = organisations.find((one) => one.part === part);
  if (!found) throw new RuleError("not_found", { type: "organisation", id: part });
  return found;
}

/** The offices of a person that have not ended. */
export async function officesOfPerson(tx: Tx, official: Official | undefined): Promise<Office[]> {
  return Promise.all((official?.offices ?? []).map(({ id }) => tx.need("office", id)));
}

/**
 * Writes an office that is not there yet, under the person it is of.
 * @throws {RuleError} `wrong_organisation`, `dates_out_of_order`, `substitute_dates`, `other_organisation`,
 *   `incompatible_roles`, `too_many`, `already_exists`
 */
export async function enterOffice(
  tx: Tx,
  day: string,
  terms: OfficeTerms,
  entered: Pick<Office, "state" | "proposedBy" | "confirmedOn">,
): Promise<void> {
  const { id, person, organisation, role } = terms;
  requireGivenBy(organisation, role);
  requireOrder(terms.from > day ? terms.from : day, terms.until ?? "9999-12-31");
  await requireSubstitute(tx, terms);
  const official = (await tx.get("official", person)) ?? newOfficial(tx, person, organisation);
  if (official.organisation !== organisation) throw new RuleError("other_organisation");
  await requireCompatible(tx, terms, await officesOfPerson(tx, official));
  requireRoom(official.offices, MOST_OFFICES);
  await tx.create("office", [id], {
    municipality: tx.municipality,
    ...terms,
    ...entered,
    proposedOn: day,
  });
  tx.put("official", [person], { ...official, offices: [...official.offices, { id, role }] });
}

/** Ends an office and takes it from its person's list. */
export async function endOffice(tx: Tx, office: Office): Promise<void> {
  const official = await tx.need("official", office.person);
  const offices = official.offices.filter(({ id }) => id !== office.id);
  tx.put("official", [official.id], { ...official, offices });
  tx.put("office", [office.id], { ...office, state: "ended", endedOn: tx.day, endedBy: tx.actor });
}

/**
 * A key of somebody who signs on an organisation's site, as proposed; its record is not written here.
 * @throws {RuleError} `trial_key`, `key_not_accepted`, `already_exists`
 */
export async function newPasskey(
  tx: Tx,
  municipality: Founded,
  organisation: Organisation,
  terms: PasskeyTerms,
): Promise<Passkey> {
  const { checks } = tx.circumstances;
  if (terms.trial && !municipality.trial) throw new RuleError("trial_key");
  if (checks.keyAlgorithm(terms.spki) !== terms.algorithm) throw new RuleError("key_not_accepted");
  const { origin, newOrigin } = organisationOf(municipality, organisation);
  const id = passkeyId(tx, terms.credential);
  if (await tx.get("passkey", id)) throw new RuleError("already_exists", { type: "passkey", id });
  return {
    municipality: tx.municipality,
    id,
    ...terms,
    organisation,
    rpId: relyingPartyId(newOrigin ?? origin),
    state: "proposed",
    proposedOn: tx.day,
    confirmations: [],
  };
}

/** Writes a key and puts it in its person's list. @throws {RuleError} `too_many` */
export function enterPasskey(tx: Tx, official: Official, passkey: Passkey): void {
  requireRoom(official.passkeys, MOST_PASSKEYS);
  tx.put("passkey", [passkey.id], passkey);
  tx.put("official", [official.id], { ...official, passkeys: [...official.passkeys, passkey.id] });
}

/** Writes a key of a resident, who is in no office. @throws {RuleError} `too_many` */
export async function enterResidentPasskey(tx: Tx, passkey: Passkey): Promise<void> {
  const passkeys = (await tx.getInternal("resident_passkeys", passkey.person))?.passkeys ?? [];
  requireRoom(passkeys, MOST_PASSKEYS);
  tx.put("passkey", [passkey.id], passkey);
  tx.putInternal("resident_passkeys", [passkey.person], { passkeys: [...passkeys, passkey.id] });
}

/** Ends a key for good: the same credential never enters again. */
export async function endPasskey(tx: Tx, passkey: Passkey): Promise<void> {
  await leaveList(tx, passkey);
  tx.put("passkey", [passkey.id], {
    ...passkey,
    state: "withdrawn",
    withdrawnOn: tx.day,
    withdrawnBy: tx.actor,
  });
}

async function leaveList(tx: Tx, { id: ended, person, resident }: Passkey): Promise<void> {
  const others = (ids: readonly string[]) => ids.filter((id) => id !== ended);
  if (resident) {
    const list = await tx.getInternal("resident_passkeys", person);
    tx.putInternal("resident_passkeys", [person], { passkeys: others(list?.passkeys ?? []) });
    return;
  }
  const official = await tx.need("official", person);
  tx.put("official", [official.id], { ...official, passkeys: others(official.passkeys) });
}

/** SHA-256 of the credential id's bytes, hexadecimal. */
export function passkeyId(tx: Tx, credential: string): string {
  return tx.circumstances.checks.digest(fromBase64url(credential));
}

/** The code that a key's owner reads out. */
export function passkeyCode(tx: Tx, { founding }: Founded, passkey: Passkey): string {
  return tx.circumstances.checks.sha256(passkeyCodeText({ ...passkey, founding }));
}

/** @throws {RuleError} `invalid_input` for a role nobody holds as an office, or `wrong_organisation` */
function requireGivenBy(organisation: Organisation, role: Role): void {
  if (!officeRoles.includes(role)) invalid("role");
  if (!roleOrganisations[role].includes(organisation))
    throw new RuleError("wrong_organisation", { organisation, role });
}

/** Who stands in for an office does so within its days, until a day that is known, and is not its holder. */
async function requireSubstitute(tx: Tx, terms: OfficeTerms): Promise<void> {
  if (terms.substituteFor === undefined) return;
  const office = await tx.need("office", terms.substituteFor);
  if (office.person === terms.person) throw new RuleError("person_concerned");
  const { role, organisation, from, until, district } = terms;
  const same = office.role === role && office.organisation === organisation && office.district === district;
  if (!same) invalid("substituteFor");
  const within = from >= office.from && until !== undefined && until <= (office.until ?? until);
  if (!within || office.state === "ended") throw new RuleError("substitute_dates");
}

function newOfficial(tx: Tx, person: string, organisation: Organisation): Official {
  return { municipality: tx.municipality, id: person, organisation, offices: [], passkeys: [] };
}
