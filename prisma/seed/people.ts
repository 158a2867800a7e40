import { createHash } from "node:crypto";
import { giveRole, introducePerson } from "@/features/people/service";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";
import { foundedAmong } from "@/lib/roles-held";
import { type TrialPerson, trialMunicipalities, trialPeople } from "@/prisma/seed/trial-people";

/** People are known to the application as their first sign-in would make them known, and hold their roles. */
export async function settlePeople(slug: "torino" | "aglie"): Promise<(TrialPerson & { person: string })[]> {
  const municipality = trialMunicipalities[slug];
  // Where there is a register already, a seed that goes on finds everybody in it.
  const isFounded = (await foundedAmong([municipality])).has(municipality);
  const settled: (TrialPerson & { person: string })[] = [];
  for (const trial of trialPeople.filter((person) => person.municipality === slug)) {
    const person = await introducePerson(trial);
    for (const held of isFounded ? [] : trial.roles) await giveRole({ ...held, person, municipality });
    await putOnRoll(municipality, fiscalNumberHash(trial.fiscalNumber));
    settled.push({ ...trial, person });
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
