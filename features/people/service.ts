import "server-only";
import { birthDatePurpose } from "@/lib/auth";
import { db } from "@/lib/db";
import { encrypt, fiscalNumberHash } from "@/lib/encryption";
import { ConflictError, NotAllowedError } from "@/lib/errors";
import { mayGive, mayHoldBoth } from "@/lib/permissions";
import { foundedAmong } from "@/lib/roles-held";
import { securityEvent } from "@/lib/security-log";
import type { Organisation, Role } from "@/protocol/primitives";
import type { Preferences } from "./schema";

export async function changePreferences(person: string, { language }: Preferences): Promise<void> {
  await db.person.update({ where: { id: person }, data: { language } });
}

export type NewPerson = {
  fiscalNumber: string;
  givenName: string;
  familyName: string;
  /** ISO day. */
  birthDate: string;
  /** ISTAT code. */
  residence: string;
};

/**
 * Makes a person known before they first sign in, so that a role can be given to them. Whoever is known already
 * stays as they are.
 * @returns the person's id.
 */
export async function introducePerson(given: NewPerson): Promise<string> {
  const hash = fiscalNumberHash(given.fiscalNumber);
  const { id, birthDateEncrypted } = await db.person.upsert({
    where: { fiscalNumberHash: hash },
    create: {
      fiscalNumberHash: hash,
      displayName: `${given.givenName} ${given.familyName}`,
      residence: given.residence,
    },
    update: {},
  });
  if (!birthDateEncrypted)
    await db.person.update({
      where: { id },
      data: { birthDateEncrypted: encrypt(given.birthDate, birthDatePurpose(id)) },
    });
  return id;
}

/**
 * Gives a role, unless the person holds it already.
 * @throws RangeError where the organisation may not give it, ConflictError where the person holds another here that
 * does not go with it, or where roles are the ledger's register's
 */
export async function giveRole(role: {
  person: string;
  municipality: string;
  organisation: Organisation;
  role: Role;
  house?: string;
  district?: number;
  givenBy?: string;
}): Promise<void> {
  if (!mayGive(role.organisation, role.role))
    throw new RangeError(`${role.organisation} does not give the role ${role.role}`);
  const { person, municipality, organisation, house = null, district = null } = role;
  if (role.givenBy === person) throw new NotAllowedError("own_role");
  if ((await foundedAmong([municipality])).has(municipality)) throw new ConflictError("roles_in_register");
  await db.$transaction(async (tx) => {
    // Of two roles given to one person at once, the second is compared with the first.
    await tx.$queryRaw`SELECT 1 FROM public."Person" WHERE id = ${person} FOR UPDATE`;
    const now = new Date();
    const held = await tx.roleAssignment.findMany({
      where: { person, municipality, OR: [{ until: null }, { until: { gt: now } }] },
    });
    const against = held.find(
      (other) =>
        !mayHoldBoth(role, { organisation: other.organisation as Organisation, role: other.role as Role }),
    );
    if (against) throw new ConflictError("roles_incompatible", { role: against.role });
    const same = held.some(
      (other) =>
        other.until === null &&
        other.organisation === organisation &&
        other.role === role.role &&
        other.house === house &&
        other.district === district,
    );
    if (!same) await tx.roleAssignment.create({ data: role });
  });
  const { givenBy } = role;
  securityEvent("role_given", {
    person,
    municipality,
    organisation,
    role: role.role,
    ...(givenBy && { by: givenBy }),
  });
}
