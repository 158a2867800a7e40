import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatNumber } from "@/lib/format";
import type { Tie } from "@/voting/allocation/outcome";
import { fillIn, type Sentence, type SentenceStyle } from "@/voting/allocation/sentence";
import { tieSentence } from "@/voting/allocation/tie";
import { floor, multiply, type Rational, rational } from "@/voting/rational";

/** How sentences of the count are written on a page: money in euro, projects by their titles. */
export function useSentences(titles: ReadonlyMap<string, string>): (sentence: Sentence) => string {
  const t = useTranslations("allocation") as unknown as (
    key: string,
    values: Record<string, string | number>,
  ) => string;
  const locale = useLocale();
  const style: SentenceStyle = {
    // Shares are exact fractions of a cent; a page shows whole cents.
    money: (amount) => formatMoney(floor(amount), locale),
    number: (value) => formatNumber(hundredths(value), locale),
    project: (id) => titles.get(id) ?? id,
    list: (names) => new Intl.ListFormat(locale, { type: "conjunction" }).format(names),
  };
  return (sentence) => t(sentence.key.replace(/^allocation\./, ""), fillIn(sentence, style));
}

export function Sentences({
  sentences,
  titles,
}: {
  sentences: readonly Sentence[];
  titles: ReadonlyMap<string, string>;
}) {
  const say = useSentences(titles);
  return (
    <>
      {sentences.map((sentence) => {
        const text = say(sentence);
        return <p key={text}>{text}</p>;
      })}
    </>
  );
}

/** Which projects were equally good, who went first, and why. */
export function Ties({ ties, titles }: { ties: readonly Tie[]; titles: ReadonlyMap<string, string> }) {
  return <Sentences sentences={ties.map(tieSentence)} titles={titles} />;
}

function hundredths(value: Rational): number {
  return Number(floor(multiply(value, rational(100n)))) / 100;
}
