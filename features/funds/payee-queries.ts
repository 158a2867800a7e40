import "server-only";
import { db } from "@/lib/db";

export type PayeeView = { id: string; name: string; kind: string; eligible: boolean };

/** Subjects on the ledger: who can be paid, and who may receive contributions in money. */
export async function payeesOf(municipality: string): Promise<PayeeView[]> {
  const [names, chain] = await Promise.all([
    db.subject.findMany({
      where: { municipality },
      orderBy: { name: "asc" },
      select: { id: true, name: true, kind: true },
    }),
    db.chainSubject.findMany({ where: { municipality }, select: { id: true, eligible: true } }),
  ]);
  const known = new Map(chain.map(({ id, eligible }) => [id, eligible]));
  return names.flatMap(({ id, name, kind }) => {
    const eligible = known.get(id);
    return eligible === undefined ? [] : [{ id, name, kind, eligible }];
  });
}
