import "server-only";
import { pactsOfPapers } from "@/features/papers/queries";
import { countAsOne } from "@/features/register/rules";
import { db } from "@/lib/db";
import { organisations } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { type Duty, officeKeys } from "./duties";

/** Papers that a party signed and that wait for a second witness. */
export async function signaturesDuties(municipality: string): Promise<Duty[]> {
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUnique({ where, select: { record: true } });
  const chain = row?.record as RecordOf<"municipality"> | undefined;
  if (chain?.founding === undefined) return [];
  const rows = await db.chainPaper.findMany({ where: { municipality, state: "recorded" } });
  const papers = rows.map(({ record }) => record as unknown as RecordOf<"paper">);
  const titles = await pactsOfPapers(municipality, papers);
  return papers.map((paper): Duty => {
    const { id, commons, person, recordedBy, recordedOn: since } = paper;
    const others = organisations.filter((other) => !countAsOne(chain, recordedBy.organisation, other));
    return {
      ...{ transaction: "papers:confirm", kind: "paper", id, commons, since },
      ...{ title: titles.get(id) ?? "", place: { page: "signatures" } },
      audience: officeKeys("papers:confirm", { organisations: others }),
      barred: [person, recordedBy.person],
    };
  });
}
