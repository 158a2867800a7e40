import "server-only";
import { db } from "@/lib/db";
import { withoutPersonalCodes } from "@/lib/personal-codes";
import type { RecordOf } from "@/protocol/records";
import { pactAddress } from "./addresses";
import type { RegisteredPact } from "./pact-register";
import { hasPublicName } from "./rules";

const BATCH = 200;

/** Pacts on the ledger in the order of their ids, a batch at a time. */
export async function* registeredPacts(
  municipality: { istatCode: string; slug: string; name: string },
  casaBody: string,
): AsyncGenerator<RegisteredPact[]> {
  const { istatCode } = municipality;
  let after = "";
  for (;;) {
    const rows = await db.chainPact.findMany({
      where: { municipality: istatCode, id: { gt: after } },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    if (rows.length === 0) return;
    const records = new Map(rows.map(({ id, record }) => [id, record as unknown as RecordOf<"pact">]));
    const subjects = [...records.values()].flatMap(({ parties }) =>
      parties.flatMap(({ subject }) => subject ?? []),
    );
    const where = (ids: string[]) => ({ municipality: istatCode, id: { in: ids } });
    const [texts, commons, names, kinds, committed] = await Promise.all([
      db.pact.findMany({
        where: where(rows.map(({ id }) => id)),
        select: { id: true, slug: true, title: true },
      }),
      db.commons.findMany({
        where: { ...where(rows.map((row) => row.commons)), publishedAt: { not: null } },
        select: { id: true, name: true },
      }),
      db.subject.findMany({ where: where(subjects), select: { id: true, name: true } }),
      db.chainSubject.findMany({ where: where(subjects), select: { id: true, kind: true } }),
      db.chainCommitment.groupBy({
        by: ["pact"],
        where: { municipality: istatCode, pact: { in: rows.map(({ id }) => id) } },
        _sum: { amountCents: true },
      }),
    ]);
    const isNamed = new Set(kinds.filter(({ kind }) => hasPublicName(kind)).map(({ id }) => id));
    yield rows.map((row) => {
      const text = texts.find(({ id }) => id === row.id);
      return {
        ...{ id: row.id, form: row.form, state: row.state, version: row.version },
        title: withoutPersonalCodes(text?.title ?? ""),
        commons: withoutPersonalCodes(commons.find(({ id }) => id === row.commons)?.name ?? ""),
        documentHash: row.documentHash,
        parties: (records.get(row.id)?.parties ?? []).map(({ subject, organisation }) => {
          if (organisation === "Comune") return `Comune di ${municipality.name}`;
          if (organisation === "Case") return casaBody;
          const name = subject && isNamed.has(subject) && names.find(({ id }) => id === subject)?.name;
          return withoutPersonalCodes(name || organisation || subject || "");
        }),
        ...{ startsOn: row.startsOn, endsOn: row.endsOn },
        committedCents: committed.find(({ pact }) => pact === row.id)?._sum.amountCents ?? 0n,
        link: text ? pactAddress(municipality.slug, text.slug) : "",
        transactionId: row.transactionId,
      };
    });
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.id ?? "";
  }
}
