import "server-only";
import { db } from "@/lib/db";

/** The lines of a year that can take a commitment over: of the fund and kind of spending of its own line. */
export async function linesOfYear(
  municipality: string,
  commitment: string,
  year: number,
): Promise<{ id: string; name: string }[]> {
  const row = await db.chainCommitment.findUnique({
    where: { municipality_id: { municipality, id: commitment } },
  });
  const line =
    row &&
    (await db.chainBudgetLine.findUnique({ where: { municipality_id: { municipality, id: row.line } } }));
  if (!line) return [];
  return db.chainBudgetLine.findMany({
    where: { municipality, year, fund: line.fund, kind: line.kind, fictional: line.fictional },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
}
