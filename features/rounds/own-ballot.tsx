import { getLocale, getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { explainBallot } from "@/voting/allocation/explain-ballot";
import { Sentences } from "./explanations";
import type { KeptCount } from "./kept-count";

/** What one ballot helped to pay, for whoever knows its key. The key is public: it says nothing of a person. */
export async function OwnBallot({
  municipality,
  round,
  count,
  choices,
  ballotKey,
  titles,
}: {
  municipality: string;
  round: string;
  count: KeptCount;
  /** Of the ballot that stands under the key; undefined where there is none. */
  choices: readonly number[] | undefined;
  /** As typed; empty when nothing was asked. */
  ballotKey: string;
  titles: ReadonlyMap<string, string>;
}) {
  const [t, locale] = await Promise.all([getTranslations("rounds.outcome"), getLocale()]);
  return (
    <section id="own" className="space-y-4 print:hidden">
      <h2>{t("own")}</h2>
      <p className="max-w-text">{t("ownLead")}</p>
      <form method="post" action={`/api/verify/${municipality}`} className="max-w-form space-y-3">
        <input type="hidden" name="round" value={round} />
        <input type="hidden" name="language" value={locale} />
        <label htmlFor="own-key" className="block font-semibold">
          {t("ownKey")}
        </label>
        <input id="own-key" name="text" defaultValue={ballotKey} className={`${controlClass} font-mono`} />
        <Button type="submit" icon="search">
          {t("ownShow")}
        </Button>
      </form>
      {ballotKey && <Answer count={count} choices={choices} ballotKey={ballotKey} titles={titles} />}
    </section>
  );
}

async function Answer({
  count,
  choices,
  ballotKey,
  titles,
}: Pick<Parameters<typeof OwnBallot>[0], "count" | "choices" | "ballotKey" | "titles">) {
  const t = await getTranslations("rounds.outcome");
  if (!choices) return <Notice tone="warning" title={t("ownUnknown")} />;
  if (count.voided.some(({ key }) => key === ballotKey))
    return <Notice tone="warning" title={t("ownVoid")} />;
  const { projects } = count.basis;
  const given = choices.map((number) => ({
    project: projects.findIndex(({ id }) => id === String(number)),
    points: 1,
  }));
  const { sentences } = explainBallot(count.basis, count.allocation, given);
  return (
    <div className="max-w-text space-y-2">
      <Sentences sentences={sentences} titles={titles} />
    </div>
  );
}
