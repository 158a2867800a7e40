import "server-only";
import { db } from "@/lib/db";

/** An id of a record or a person; digests and dates are none. */
const id = /^(?!\d{4}-\d{2}-\d{2}$)[A-Za-z0-9-]{1,63}$/;
const digest = /^[0-9a-f]{64}$/;

/** What the site calls the ids in some inputs: names that no byte of an act holds. */
export async function namesIn(
  municipality: string,
  inputs: readonly unknown[],
): Promise<Record<string, string>> {
  const ids = [...textsIn(inputs, id)];
  const where = { municipality, id: { in: ids } };
  const [titled, named, people] = await Promise.all([
    Promise.all([
      db.proposal.findMany({ where, select: { id: true, title: true } }),
      db.call.findMany({ where, select: { id: true, title: true } }),
      db.round.findMany({ where, select: { id: true, title: true } }),
      db.pact.findMany({ where, select: { id: true, title: true } }),
    ]),
    Promise.all([
      db.commons.findMany({ where, select: { id: true, name: true } }),
      db.subject.findMany({ where, select: { id: true, name: true } }),
      db.chainBudgetLine.findMany({ where, select: { id: true, name: true } }),
      db.house.findMany({ where, select: { id: true, name: true } }),
    ]),
    officials(municipality, ids),
  ]);
  return Object.fromEntries([
    ...titled.flat().flatMap(({ id: of, title }) => (title ? [[of, title]] : [])),
    ...[...named.flat(), ...people].map(({ id: of, name }) => [of, name]),
  ]);
}

/** A text whose salted digest is in some input, to be computed again by whoever shows it. */
export type DigestedText = { digest: string; salt: string; text: string };

/** The texts of which some inputs hold the digest: public ones, and those the person wrote. */
export async function textsOf(
  municipality: string,
  author: string,
  inputs: readonly unknown[],
): Promise<DigestedText[]> {
  return db.saltedText.findMany({
    where: {
      ...{ municipality, digest: { in: [...textsIn(inputs, digest)] } },
      OR: [{ public: true }, { author }],
    },
    select: { digest: true, salt: true, text: true },
  });
}

/** Names of people in office, who act publicly. */
async function officials(
  municipality: string,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const offices = await db.chainOffice.findMany({
    where: { municipality, person: { in: [...ids] } },
    select: { person: true },
    distinct: ["person"],
  });
  const rows = await db.person.findMany({
    where: { id: { in: offices.map(({ person }) => person) } },
    select: { id: true, displayName: true },
  });
  return rows.flatMap(({ id: of, displayName }) => (displayName ? [{ id: of, name: displayName }] : []));
}

function textsIn(value: unknown, pattern: RegExp, found = new Set<string>()): Set<string> {
  if (typeof value === "string" && pattern.test(value)) found.add(value);
  if (typeof value === "object" && value !== null)
    for (const one of Object.values(value)) textsIn(one, pattern, found);
  return found;
}
