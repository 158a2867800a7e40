import "server-only";
import { chainDay } from "@/features/calls/queries";
import { waitingFor } from "@/features/office/queries";
import { nobodyWith, oldestFirst, type Waiting } from "@/features/office/rules";
import { isCommentStep } from "@/features/workflow/rules";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { type HeldBy, rolesHeldIn } from "@/lib/roles-held";
import { organisations } from "@/protocol/primitives";
import { stuck, type Vacancy, vacancies } from "./rules";

export type Stuck = { vacant: readonly Vacancy[]; items: readonly Waiting[]; day: string };

/**
 * The roles in which nobody can act, and the steps that therefore nobody can take: whoever has no key that counts
 * cannot act either.
 */
export async function stuckIn(municipality: string): Promise<Stuck> {
  const [held, able, day] = await Promise.all([
    rolesHeldIn(municipality),
    peopleWhoSign(municipality),
    chainDay(municipality),
  ]);
  const acting = held.filter(({ person }) => able.has(person));
  const vacant = vacancies(acting);
  const forVacant = await waitingForRoles(municipality, vacant);
  if (forVacant.length === 0) return { vacant, items: [], day };
  // Comments are decided on without a key.
  return { vacant, items: stuck(ofLedger(forVacant), await waitingForRoles(municipality, acting)), day };
}

/** The steps that nobody can take now for what a person has proposed, up to what was paid for it. */
export async function ownStuck(municipality: string, viewer: Viewer): Promise<Stuck | undefined> {
  const own = await db.chainProposal.findMany({
    where: { municipality, representative: viewer.id },
    select: { id: true },
  });
  if (own.length === 0) return undefined;
  const proposals = new Set(own.map(({ id }) => id));
  const pacts = await db.pact.findMany({
    where: { municipality, proposal: { in: [...proposals] } },
    select: { slug: true },
  });
  const slugs = new Set(pacts.map(({ slug }) => slug));
  const { items, ...rest } = await stuckIn(municipality);
  const isOwn = ({ place }: Waiting) =>
    (place.page === "pact" && slugs.has(place.slug)) ||
    ((place.page === "proposal" || place.page === "coDesign") && proposals.has(place.id));
  return { ...rest, items: items.filter(isOwn) };
}

function ofLedger(items: readonly Waiting[]): Waiting[] {
  return items.filter(({ transaction }) => !isCommentStep(transaction));
}

/** What waits for anybody in these roles, each organisation's people for themselves. */
async function waitingForRoles(
  municipality: string,
  roles: readonly (Vacancy | HeldBy)[],
): Promise<Waiting[]> {
  const found = await Promise.all(
    organisations.map(async (part) => {
      const own = roles.filter(({ organisation }) => organisation === part);
      if (own.length === 0) return [];
      return (await waitingFor(municipality, nobodyWith(municipality, own.map(roleOf)))).items;
    }),
  );
  const items = new Map(found.flat().map((item) => [`${item.transaction} ${item.id}`, item]));
  return oldestFirst([...items.values()]);
}

/** As a permission asks for it: a vacancy is of no person and no district. */
function roleOf({ organisation, role, ...of }: Vacancy | HeldBy) {
  const district = "district" in of ? of.district : undefined;
  return { organisation, role, ...(district !== undefined && { district }) };
}

/** Those with a key of an office that counts today. */
export async function peopleWhoSign(municipality: string): Promise<ReadonlySet<string>> {
  const day = await chainDay(municipality);
  const rows = await db.chainPasskey.findMany({
    where: { municipality, state: "counting", countsFrom: { lte: day } },
    select: { person: true, record: true },
  });
  // A resident's key signs nothing of an office.
  const ofOffice = rows.filter(({ record }) => !(record as { resident?: true }).resident);
  return new Set(ofOffice.map(({ person }) => person));
}
