import "server-only";
import { getTranslations } from "next-intl/server";
import { commonsBySlug } from "@/features/commons/queries";
import { budgetOf } from "@/features/funds/budget-queries";
import { isDemonstration } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { formatDate, formatDeadline, formatMoney, formatNumber } from "@/lib/format";
import { addressOf } from "@/lib/language/address";
import type { Locale } from "@/lib/language/routing";
import type { Card } from "./card";

type Town = { istatCode: string; slug: string; name: string };
export type CardSubject = "commons" | "rounds" | "money";

/** Longest text of a card, in characters. */
const LONGEST_TEXT = 280;

/** What whoever has not signed in sees of it, as a card; undefined where there is no such thing. */
export async function cardOf(
  municipality: { istatCode: string; slug: string; name: string },
  cardSubject: CardSubject,
  slug: string,
  locale: Locale,
): Promise<Card | undefined> {
  if (cardSubject === "commons") return commonsCard(municipality, slug, locale);
  if (cardSubject === "rounds") return roundCard(municipality, slug, locale);
  return moneyCard(municipality, locale);
}

async function commonsCard(municipality: Town, slug: string, locale: Locale): Promise<Card | undefined> {
  const commons = await commonsBySlug(municipality.istatCode, slug, undefined);
  if (!commons) return undefined;
  const t = await getTranslations({ locale });
  const stage = (name: string) => t(`states.stage.${name}` as Parameters<typeof t>[0]);
  const kind = (name: string) => t(`states.kind.${name}` as Parameters<typeof t>[0]);
  const proposals = commons.proposals.length;
  return {
    ...(await ownerOf(municipality, locale)),
    ...{ title: commons.name, language: "it", text: shortened(commons.description) },
    facts: [
      { term: t("embed.kind"), value: kind(commons.kind) },
      { term: t("embed.stage"), value: stage(commons.stage) },
      ...(commons.address ? [{ term: t("embed.address"), value: commons.address }] : []),
      { term: t("embed.proposals"), value: formatNumber(proposals, locale) },
    ],
    address: addressOf(locale, {
      pathname: "/[municipality]/commons/[commons]",
      params: { municipality: municipality.slug, commons: commons.slug },
    }),
    link: t("embed.toCommons"),
  };
}

async function roundCard(municipality: Town, slug: string, locale: Locale): Promise<Card | undefined> {
  const round = await roundBySlug(municipality.istatCode, slug);
  if (!round) return undefined;
  const t = await getTranslations({ locale });
  const owner = await ownerOf(municipality, locale);
  return {
    ...owner,
    ...{ title: round.title, language: "it", text: shortened(round.summary) },
    note: round.reconstruction ? t("rounds.reconstruction") : owner.note,
    facts: [
      { term: t("embed.stage"), value: t(`rounds.states.${round.state}`) },
      { term: t("rounds.opens"), value: formatDate(round.opensOn, locale) },
      { term: t("rounds.closes"), value: formatDeadline(round.closesAt, locale) },
      { term: t("rounds.budget"), value: formatMoney(round.budgetCents, locale) },
      { term: t("embed.projects"), value: formatNumber(round.projects, locale) },
    ],
    address: addressOf(locale, {
      pathname: "/[municipality]/rounds/[round]",
      params: { municipality: municipality.slug, round: round.slug },
    }),
    link: t("embed.toRound"),
  };
}

async function moneyCard(municipality: Town, locale: Locale): Promise<Card> {
  const [t, owner, { totals }] = await Promise.all([
    getTranslations({ locale }),
    ownerOf(municipality, locale),
    budgetOf(municipality.istatCode),
  ]);
  const amounts = [
    ["budget", totals.budgetCents],
    ["committed", totals.committedCents],
    ["accepted", totals.acceptedCents],
    ["paid", totals.paidCents],
  ] as const;
  return {
    ...owner,
    ...{ title: t("funds.title"), language: locale, text: t("embed.moneyText") },
    facts: amounts.map(([name, cents]) => ({
      term: t(`embed.amounts.${name}`),
      value: formatMoney(cents, locale),
    })),
    address: addressOf(locale, {
      pathname: "/[municipality]/funds",
      params: { municipality: municipality.slug },
    }),
    link: t("embed.toMoney"),
  };
}

async function ownerOf({ istatCode, name }: Town, locale: Locale): Promise<Pick<Card, "owner" | "note">> {
  const t = await getTranslations({ locale, namespace: "embed" });
  return { owner: t("owner", { name }), note: (await isDemonstration(istatCode)) ? t("demo") : null };
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= LONGEST_TEXT) return plain;
  const cut = plain.slice(0, LONGEST_TEXT);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), LONGEST_TEXT / 2))}…`;
}
