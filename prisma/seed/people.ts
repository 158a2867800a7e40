import { createHash } from "node:crypto";
import { introducePerson } from "@/features/people/service";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";
import { type TrialPerson, trialMunicipalities, trialPeople } from "@/prisma/seed/trial-people";

/** People are known to the application as their first sign-in would make them known. */
export async function settlePeople(slug: "torino" | "aglie"): Promise<(TrialPerson & { person: string })[]> {
  const municipality = trialMunicipalities[slug];
  const settled: (TrialPerson & { person: string })[] = [];
  for (const trial of trialPeople.filter((person) => person.municipality === slug)) {
    const person = await introducePerson(trial);
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

export async function putOnRoll(municipality: string, hash: string): Promise<void> {
  await db.rollPerson.createMany({ data: [{ municipality, fiscalNumberHash: hash }], skipDuplicates: true });
}
