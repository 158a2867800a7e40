import "server-only";
import { cache } from "react";
import { db } from "@/lib/db";
import type { ProfileValues } from "./profile-schema";

export type Profile = ProfileValues & { changedAt: Date; changedBy: string };

/** What the Comune says of itself; undefined where nobody has written it yet. */
export const profileOf = cache(async (municipality: string): Promise<Profile | undefined> => {
  const row = await db.municipalityProfile.findUnique({ where: { municipality } });
  if (!row) return undefined;
  const { municipality: _, ...profile } = row;
  return profile;
});

/** The name of whoever changed it last; empty where nobody of that id has a name here any more. */
export async function profileAuthor(municipality: string): Promise<string> {
  const profile = await profileOf(municipality);
  if (!profile) return "";
  const person = await db.person.findUnique({
    where: { id: profile.changedBy },
    select: { displayName: true },
  });
  return person?.displayName ?? "";
}
