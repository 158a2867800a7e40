import { createHash } from "node:crypto";
import { birthDatePurpose } from "@/lib/auth";
import { db } from "@/lib/db";
import { encrypt, fiscalNumberHash } from "@/lib/encryption";
import { type TrialPerson, trialMunicipalities, trialPeople } from "@/scripts/trial-people";

/** People are known to the application as their first sign-in would make them known, and hold their roles. */
export async function settlePeople(slug: "torino" | "aglie"): Promise<(TrialPerson & { person: string })[]> {
  const municipality = trialMunicipalities[slug];
  const settled: (TrialPerson & { person: string })[] = [];
  for (const trial of trialPeople.filter((person) => person.municipality === slug)) {
    const hash = fiscalNumberHash(trial.fiscalNumber);
    const stated = { displayName: `${trial.givenName} ${trial.familyName}`, residence: trial.residence };
    const { id, birthDateEncrypted } = await db.person.upsert({
      where: { fiscalNumberHash: hash },
      create: { fiscalNumberHash: hash, ...stated },
      update: {},
    });
    if (!birthDateEncrypted)
      await db.person.update({
        where: { id },
        data: { birthDateEncrypted: encrypt(trial.birthDate, birthDatePurpose(id)) },
      });
    for (const { organisation, role, house = null, district = null } of trial.roles) {
      const held = { person: id, municipality, organisation, role };
      if (!(await db.roleAssignment.findFirst({ where: held })))
        await db.roleAssignment.create({ data: { ...held, house, district } });
    }
    await putOnRoll(municipality, hash);
    settled.push({ ...trial, person: id });
  }
  return settled;
}

/** Voters of the demonstration who never sign in: entries of the roll under hashes that belong to nobody. */
export async function settleRoll(municipality: string, size: number): Promise<void> {
  const known = await db.rollPerson.count({ where: { municipality } });
  const data = Array.from({ length: Math.max(0, size - known) }, (_, index) => ({
    municipality,
    fiscalNumberHash: createHash("sha256")
      .update(`demo voter ${municipality} ${known + index}`)
      .digest("hex"),
  }));
  await db.rollPerson.createMany({ data, skipDuplicates: true });
}

async function putOnRoll(municipality: string, hash: string): Promise<void> {
  await db.rollPerson.createMany({ data: [{ municipality, fiscalNumberHash: hash }], skipDuplicates: true });
}
