import { useLocale, useTranslations } from "next-intl";
import { DefinitionList } from "@/components/ui/definition-list";
import { PlainLink } from "@/components/ui/link";
import { formatMoney, formatNumber } from "@/lib/format";

/** What public sources say of a commons from before it was followed here, with the sources. */
export function KnownFacts({
  facts,
  sources,
}: {
  facts: Readonly<Record<string, unknown>>;
  sources: readonly string[];
}) {
  const t = useTranslations("commons.facts");
  const locale = useLocale();
  const text = (name: string) => (typeof facts[name] === "string" ? (facts[name] as string) : null);
  const number = (name: string) => (typeof facts[name] === "number" ? (facts[name] as number) : null);
  const amount = number("amountEuro");
  const score = number("score");
  const years = number("durationYears");
  const proponents = Array.isArray(facts.proponents) ? (facts.proponents as string[]) : [];
  const named = (names: string[]) =>
    facts.andOthers === true ? t("andOthers", { names: names.join(", ") }) : names.join(", ");
  const note = noteIn(facts.note, locale);
  const year = number("year");
  const technical = number("technicalScore");
  const votes = number("votes");
  const requested = number("requestedEuro");
  const calls = useTranslations("calls.scope");
  const scope = text("scope");
  const items = [
    ...(year === null ? [] : [{ term: t("year"), description: String(year) }]),
    ...(scope ? [{ term: t("scope"), description: isScope(scope) ? calls(scope) : scope }] : []),
    ...(proponents.length > 0 ? [{ term: t("proponents"), description: named(proponents) }] : []),
    ...(score === null ? [] : [{ term: t("score"), description: formatNumber(score, locale) }]),
    ...(years === null ? [] : [{ term: t("duration"), description: t("years", { count: years }) }]),
    ...(amount === null
      ? []
      : [{ term: t("amount"), description: formatMoney(BigInt(Math.round(amount * 100)), locale) }]),
    ...(technical === null
      ? []
      : [{ term: t("technicalScore"), description: formatNumber(technical, locale) }]),
    ...(votes === null ? [] : [{ term: t("votes"), description: formatNumber(votes, locale) }]),
    ...(requested === null
      ? []
      : [{ term: t("requested"), description: formatMoney(BigInt(Math.round(requested * 100)), locale) }]),
    ...(note ? [{ term: t("note"), description: note }] : []),
  ];
  if (items.length === 0 && sources.length === 0) return null;
  return (
    <section aria-labelledby="facts" className="space-y-3">
      <h2 id="facts">{t("title")}</h2>
      <p className="max-w-text text-ink-soft">{t("lead")}</p>
      {items.length > 0 && <DefinitionList items={items} />}
      {sources.length > 0 && (
        <>
          <h3 className="text-lg">{t("sources")}</h3>
          <ul className="max-w-form space-y-1">
            {sources.map((source) => (
              <li key={source} className="break-words text-base">
                {/^https?:/.test(source) ? <PlainLink href={source}>{hostOf(source)}</PlainLink> : source}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function noteIn(note: unknown, locale: "it" | "en"): string | null {
  if (typeof note === "string") return note;
  const text = typeof note === "object" && note !== null ? (note as Record<string, unknown>)[locale] : null;
  return typeof text === "string" ? text : null;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host.replace(/^www\./, "") : address;
}

function isScope(name: string): name is "A" | "B" | "B-schools" | "C" | "schools" {
  return ["A", "B", "B-schools", "C", "schools"].includes(name);
}
