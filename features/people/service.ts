import "server-only";
import { birthDatePurpose } from "@/lib/auth";
import { db } from "@/lib/db";
import { encrypt, fiscalNumberHash } from "@/lib/encryption";
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
 * Makes a person known before they first sign in, so that an office can be proposed for them. Whoever is known already
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
