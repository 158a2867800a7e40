import "server-only";
import type { PictureView } from "@/components/pictures/picture";
import { coversOf } from "@/features/pictures/queries";
import { db } from "@/lib/db";
import { type CallCard, listCalls } from "./queries";

/** A call with the commons that stands for it: one that was proposed under it, if there is any. */
export type PicturedCall = CallCard & { commons?: { id: string; kind: string; picture?: PictureView } };

/** Published calls, each with a commons of its latest proposals: one with a photograph before one without. */
export async function listPicturedCalls(municipality: string): Promise<PicturedCall[]> {
  const [calls, rows] = await Promise.all([
    listCalls(municipality),
    db.$queryRaw<{ call: string; id: string; kind: string }[]>`
      SELECT DISTINCT ON (p.call) p.call, c.id, c.kind
      FROM chain.proposal p
      JOIN public."Commons" c ON c.municipality = p.municipality AND c.id = p.commons
      LEFT JOIN (
        SELECT DISTINCT commons FROM public."Picture"
        WHERE municipality = ${municipality} AND commons IS NOT NULL AND "removedAt" IS NULL
      ) photographed ON photographed.commons = c.id
      WHERE p.municipality = ${municipality} AND p.state NOT IN ('submitted', 'withdrawn')
        AND c."publishedAt" IS NOT NULL
      ORDER BY p.call, (photographed.commons IS NULL), p."submittedOn" DESC, p.id`,
  ]);
  const covers = await coversOf(
    municipality,
    rows.map(({ id }) => id),
  );
  return calls.map((call) => {
    const row = rows.find((one) => one.call === call.id);
    const picture = row && covers.get(row.id);
    return row ? { ...call, commons: { id: row.id, kind: row.kind, ...(picture && { picture }) } } : call;
  });
}
