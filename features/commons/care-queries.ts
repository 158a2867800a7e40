import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";

export type Care = {
  pact: { slug: string; title: string };
  /** Those who care for it with the Comune, as the pact names them. */
  names: readonly string[];
  endsOn: string;
  money: { committedCents: bigint; acceptedCents: bigint; paidCents: bigint; fictional: boolean } | undefined;
};

/** The pact by which a commons is cared for now, and what its money has come to; undefined where there is none. */
export async function careOf(municipality: string, commons: string): Promise<Care | undefined> {
  const row = await db.chainPact.findFirst({
    where: { municipality, commons, state: { in: ["signed", "active", "suspended"] } },
    orderBy: { block: "desc" },
  });
  if (!row) return undefined;
  const [text, version, commitments] = await Promise.all([
    db.pact.findUnique({ where: { municipality_id: { municipality, id: row.id } } }),
    db.pactVersion.findFirst({ where: { municipality, pact: row.id, documentHash: row.documentHash } }),
    db.chainCommitment.findMany({ where: { municipality, pact: row.id } }),
  ]);
  if (!text) return undefined;
  const { parties } = row.record as unknown as RecordOf<"pact">;
  const named = (version?.parties ?? text.parties) as { id: string; name: string }[];
  const sum = (of: (one: (typeof commitments)[number]) => bigint) =>
    commitments.reduce((total, one) => total + of(one), 0n);
  return {
    pact: { slug: text.slug, title: text.title },
    names: parties
      .filter(({ subject }) => subject !== undefined)
      .flatMap(({ id }) => named.find((party) => party.id === id)?.name ?? []),
    endsOn: row.endsOn,
    money:
      commitments.length === 0
        ? undefined
        : {
            committedCents: sum((one) => one.amountCents),
            acceptedCents: sum((one) => one.acceptedCents),
            paidCents: sum((one) => one.paidCents),
            fictional: commitments.some((one) => one.fictional),
          },
  };
}
