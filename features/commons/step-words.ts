import type { useTranslations } from "next-intl";
import { stepName } from "@/features/workflow/rules";
import { formatMoney, formatNumber } from "@/lib/format";
import type { Locale } from "@/lib/language/routing";
import { datePhrases } from "@/lib/phrases";
import type { NextStep } from "./next-steps";
import type { Facts } from "./rules";

export type Sentences = ReturnType<typeof useTranslations<"thread">>;
type StepNames = ReturnType<typeof useTranslations<"workflow.steps">>;
type Key = Parameters<Sentences>[0];

/** The sentence of a transaction, `contract:function`, with its facts as the language writes them. */
export function stepSentence(t: Sentences, locale: Locale, name: string, facts: Facts): string {
  const key = `steps.${name.replace(":", ".")}` as Key;
  return t.has(key) ? t(key, readable(facts, locale)) : name;
}

/** What is awaited: the name of the step, or what there is to wait for. */
export function nextSentence(
  t: Sentences,
  names: StepNames,
  locale: Locale,
  { transaction, wait, facts }: NextStep,
): string {
  if (wait) return t(`next.${wait}`);
  return stepName(names, transaction, readable(facts, locale));
}

/** Everything a sentence may name; what a record does not have is empty, so that no sentence breaks. */
function readable(facts: Facts, locale: Locale): Record<string, string | number> {
  const money = (name: string) => (facts[name] === undefined ? "" : formatMoney(Number(facts[name]), locale));
  const date = (as: string, name: string) =>
    facts[name] === undefined ? { [as]: "" } : datePhrases(as, String(facts[name]), locale);
  const text = (name: string) => facts[name] ?? "";
  const has = (name: string) => (facts[name] === undefined ? "no" : "yes");
  return {
    hasScore: has("score"),
    hasVersion: has("version"),
    hasEnd: has("endsOn"),
    hasParties: has("parties"),
    hasNumber: has("number"),
    hasAmount: has("amountCents"),
    cost: money("costCents"),
    amount: money("amountCents"),
    accepted: money("acceptedCents"),
    score: facts.score === undefined ? "" : formatNumber(Number(facts.score) / 100, locale),
    version: text("version"),
    number: text("number"),
    ...date("due", "integrationDueOn"),
    ...date("starts", "startsOn"),
    ...date("ends", "endsOn"),
    ...date("insured", "insuredUntil"),
    signatures: Number(facts.signatures ?? 0),
    parties: text("parties"),
    orderNumber: text("orderNumber"),
    commitmentType: text("type"),
    documentKind: text("kind"),
    reportKind: text("kind"),
    kind: text("kind"),
    counted: has("votes"),
    votes: facts.votes === undefined ? "" : formatNumber(Number(facts.votes), locale),
    ballots: facts.ballots === undefined ? "" : formatNumber(Number(facts.ballots), locale),
  };
}
