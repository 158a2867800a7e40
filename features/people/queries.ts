import "server-only";
import { unreadCount } from "@/features/notifications/queries";
import { currentViewer } from "@/lib/auth";
import { db } from "@/lib/db";
import { holdsOffice } from "@/lib/permissions";

/** What the page header shows of the person who is signed in. */
export async function headerViewer(
  municipality: string | undefined,
): Promise<{ name: string; official: boolean; unread: number } | undefined> {
  const viewer = await currentViewer();
  if (!viewer) return undefined;
  if (municipality === undefined) return { name: viewer.name, official: false, unread: 0 };
  const unread = await unreadCount(municipality, viewer);
  return { name: viewer.name, official: holdsOffice(viewer, municipality), unread };
}

export type PersonalData = {
  name: string;
  residence: string | null;
  language: "it" | "en";
};

/** What we hold of a person, for that person alone. */
export async function personalData(person: string): Promise<PersonalData> {
  const row = await db.person.findUniqueOrThrow({ where: { id: person, erasedAt: null } });
  const residence =
    row.residence && (await db.municipality.findUnique({ where: { istatCode: row.residence } }));
  return {
    name: row.displayName ?? "",
    residence: residence ? residence.name : null,
    language: row.language === "en" ? "en" : "it",
  };
}

export type ResidenceCheck = { state: "resident" | "elsewhere" | "not_found" | "failed"; on: Date };

/** What last came of asking ANPR whether a person lives here; undefined where it was never asked, or the answer is awaited. */
export async function residenceCheck(
  municipality: string,
  person: string,
): Promise<ResidenceCheck | undefined> {
  const row = await db.residenceLookup.findFirst({
    where: { municipality, person, outcome: { not: null } },
    orderBy: { createdAt: "desc" },
    select: { outcome: true, createdAt: true },
  });
  if (!row) return undefined;
  const { outcome, createdAt: on } = row;
  const isAnswer = outcome === "resident" || outcome === "elsewhere" || outcome === "not_found";
  return { state: isAnswer ? outcome : "failed", on };
}
