/** Who gets a newsletter: those who asked for it, and of them, where it is for some districts, who follows one. */

import { mailMode, reachable } from "@/features/notifications/mail-mode-rules";
import { Prisma } from "@/generated/prisma/client";
import { type Database, db } from "@/lib/db";

export type Audience = {
  /** Who asked for it. */
  asked: number;
  /** Of them, those for whom it is. */
  chosen: number;
  /** Of these, whom mail reaches. */
  reached: number;
  byLanguage: { it: number; en: number };
  /** How many of the reached follow a district; one person may follow several. */
  byDistrict: { district: number; people: number }[];
};

/** How many and what kinds of people would get it now. */
export async function audienceOf(municipality: string, districts: readonly number[]): Promise<Audience> {
  const [[asked], [chosen], languages, followed] = await Promise.all([
    counted(askers(municipality, [])),
    counted(askers(municipality, districts)),
    db.$queryRaw<{ language: string; people: number }[]>`
      SELECT p.language, count(*)::int AS people FROM (${recipients(municipality, districts)}) r
      JOIN public."Person" p ON p.id = r.person GROUP BY 1`,
    db.$queryRaw<{ district: number; people: number }[]>`
      SELECT d.subject::int AS district, count(*)::int AS people FROM (${recipients(municipality, districts)}) r
      JOIN public."Subscription" d ON d.municipality = ${municipality} AND d.person = r.person AND d.kind = 'district'
      GROUP BY 1 ORDER BY 1`,
  ]);
  const en = languages.find(({ language }) => language === "en")?.people ?? 0;
  const reached = languages.reduce((sum, { people }) => sum + people, 0);
  return {
    ...{ asked: asked?.people ?? 0, chosen: chosen?.people ?? 0, reached },
    ...{ byLanguage: { it: reached - en, en }, byDistrict: followed },
  };
}

/** Queues a mail for each of them, within the transaction that sends the newsletter. @returns how many */
export async function queueFor(
  tx: Database,
  { municipality, id, districts }: { municipality: string; id: string; districts: readonly number[] },
): Promise<number> {
  if (mailMode() === "off") return 0;
  return tx.$executeRaw`
    INSERT INTO public."Mail" (id, municipality, person, kind, newsletter)
    SELECT gen_random_uuid(), ${municipality}, r.person, 'newsletter', ${id}::uuid
    FROM (${recipients(municipality, districts)}) r`;
}

function counted(people: Prisma.Sql): Promise<{ people: number }[]> {
  return db.$queryRaw`SELECT count(*)::int AS people FROM (${people}) a`;
}

function recipients(municipality: string, districts: readonly number[]): Prisma.Sql {
  const mode = mailMode();
  const reach = mode === "off" ? "false" : reachable("asker.person", mode);
  return Prisma.sql`SELECT asker.person FROM (${askers(municipality, districts)}) asker WHERE ${Prisma.raw(reach)}`;
}

function askers(municipality: string, districts: readonly number[]): Prisma.Sql {
  return Prisma.sql`SELECT s.person FROM public."Subscription" s
    JOIN public."Person" p ON p.id = s.person AND p."erasedAt" IS NULL
    WHERE s.municipality = ${municipality} AND s.kind = 'newsletter'
    AND (${districts.length} = 0 OR EXISTS (SELECT 1 FROM public."Subscription" d
      WHERE d.municipality = ${municipality} AND d.person = s.person AND d.kind = 'district'
      AND d.subject = ANY(${districts.map(String)})))`;
}
