import { db } from "@/lib/db";
import type { ProfileValues } from "./profile-schema";

/** Keeps what the Comune says of itself, with who changed it and when. */
export async function saveProfile(
  municipality: string,
  values: ProfileValues,
  person: string,
): Promise<void> {
  const row = { ...values, changedBy: person, changedAt: new Date() };
  await db.municipalityProfile.upsert({
    where: { municipality },
    create: { municipality, ...row },
    update: row,
  });
}
