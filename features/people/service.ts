import "server-only";
import type { Organisation, Role } from "@/chaincode/src/protocol/primitives";
import { birthDatePurpose } from "@/lib/auth";
import { db } from "@/lib/db";
import { encrypt, fiscalNumberHash } from "@/lib/encryption";
import { mayGive } from "@/lib/permissions";
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
 * @throws RangeError where the organisation may not give it.
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
  const held = await db.roleAssignment.findFirst({
    where: { person, municipality, organisation, role: role.role, house, district, until: null },
  });
  if (!held) await db.roleAssignment.create({ data: role });
}
