import "server-only";
import { getTranslations } from "next-intl/server";
import { stepFacts } from "@/features/commons/rules";
import { stepSentence } from "@/features/commons/step-words";
import { db } from "@/lib/db";
import { addressOf } from "@/lib/language/address";
import type { Locale } from "@/lib/language/routing";
import { withoutPersonalCodes } from "@/lib/personal-codes";
import { type Decision, decisionNames } from "./decisions";

type Municipality = { istatCode: string; slug: string };

const LATEST = 50;

/** The latest decisions that the ledger has, latest first, as the thread of a commons says them. */
export async function latestDecisions(municipality: Municipality, locale: Locale): Promise<Decision[]> {
  const { istatCode, slug } = municipality;
  const transactions = await db.chainTransaction.findMany({
    where: { municipality: istatCode, code: 0, name: { in: [...decisionNames] } },
    orderBy: [{ block: "desc" }, { index: "desc" }],
    take: LATEST,
  });
  const at = transactions.map(({ block, index }) => ({ block, index }));
  const [entries, steps] = await Promise.all([
    db.chainEntry.findMany({ where: { municipality: istatCode, OR: at }, orderBy: { position: "asc" } }),
    db.chainStep.findMany({ where: { municipality: istatCode, OR: at } }),
  ]);
  const places = await db.commons.findMany({
    where: {
      municipality: istatCode,
      id: { in: steps.map(({ commons }) => commons) },
      publishedAt: { not: null },
    },
    select: { id: true, name: true },
  });
  const key = ({ block, index }: { block: bigint; index: number }) => `${block}/${index}`;
  const entriesOf = Map.groupBy(entries, key);
  const stepsOf = Map.groupBy(steps, key);
  const t = await getTranslations({ locale, namespace: "thread" });
  return transactions.map((row) => {
    const name = row.name ?? "";
    const records = (entriesOf.get(key(row)) ?? []).map(({ type, record }) => ({
      type,
      record: record as Record<string, unknown>,
    }));
    const about = (stepsOf.get(key(row)) ?? []).flatMap(
      ({ commons }) => places.find(({ id }) => id === commons)?.name ?? [],
    );
    const sentence = stepSentence(t, locale, name, stepFacts(name, records, ""));
    const href = {
      pathname: "/[municipality]/verify/[transaction]",
      params: { municipality: slug, transaction: row.id },
    } as const;
    return {
      transactionId: row.id,
      title: withoutPersonalCodes(sentence),
      // An outcome is about many commons: its sentence says enough.
      about: about.length === 1 ? withoutPersonalCodes(about[0] ?? "") : "",
      time: row.statedTime,
      link: addressOf(locale, href),
    };
  });
}
