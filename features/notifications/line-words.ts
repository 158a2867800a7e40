/** What a notification says and where it leads, in the centre and in mail. */
import type { useTranslations } from "next-intl";
import { stepSentence } from "@/features/commons/step-words";
import { stepName } from "@/features/workflow/rules";
import type { Locale, Page } from "@/lib/language/routing";
import { datePhrases, deadlinePhrases } from "@/lib/phrases";
import type { NotificationView } from "./queries";

export type Translators = {
  t: ReturnType<typeof useTranslations<"notifications">>;
  thread: ReturnType<typeof useTranslations<"thread">>;
  steps: ReturnType<typeof useTranslations<"workflow.steps">>;
};

type Told = Pick<NotificationView, "kind" | "name" | "facts" | "about" | "place">;

/** Its sentence, without the name of what it is about. */
export function sentenceOf({ t, thread, steps }: Translators, locale: Locale, told: Told): string {
  const { kind, name, facts } = told;
  const key = `events.${name.replace(":", ".")}` as Parameters<typeof t>[0];
  if (t.has(key)) return t(key, readable(facts, locale));
  if (kind === "duty" || kind === "office") {
    const due = typeof facts.dueOn === "string" ? datePhrases("due", facts.dueOn, locale) : undefined;
    const step = stepName(steps, name as Parameters<typeof stepName>[1]);
    return due ? t("duty", { step, ...due }) : step;
  }
  return stepSentence(thread, locale, name, facts);
}

/** What it is about: a place, a vote, a pact, or the proposal that a duty is about. */
export function nameOf({ place, facts }: Told): string {
  return place?.name ?? (typeof facts.title === "string" ? facts.title : "");
}

/** The page it leads to; one's own space where what it is about has no page of its own. */
export function pageOf(
  municipality: string,
  { kind, about, place }: Told,
): { page: Page; params: Record<string, string> } {
  if (kind === "office") return { page: "/[municipality]/office", params: { municipality } };
  if (about.type === "reports") return { page: "/[municipality]/mine/reports", params: { municipality } };
  if (!place) return { page: "/[municipality]/mine", params: { municipality } };
  const { slug } = place;
  switch (about.type) {
    case "commons":
      return { page: "/[municipality]/commons/[commons]", params: { municipality, commons: slug } };
    case "round":
      return { page: "/[municipality]/rounds/[round]", params: { municipality, round: slug } };
    case "pact":
      return { page: "/[municipality]/pacts/[pact]", params: { municipality, pact: slug } };
    case "call":
      return { page: "/[municipality]/calls/[call]", params: { municipality, call: slug } };
    case "house":
      return { page: "/[municipality]/houses/[house]", params: { municipality, house: slug } };
    case "comment":
      return { page: "/[municipality]/comments/[comment]", params: { municipality, comment: slug } };
    case "meeting":
      return { page: "/[municipality]/meetings/[meeting]", params: { municipality, meeting: slug } };
    default:
      return { page: "/[municipality]/mine", params: { municipality } };
  }
}

/** Facts of sentences of our own: days and instants as the language says them. */
function readable(facts: Told["facts"], locale: Locale): Record<string, string | number> {
  return Object.assign(
    {},
    ...Object.entries(facts).map(([name, value]) => {
      if (typeof value !== "string") return { [name]: value };
      if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return datePhrases(name, value, locale);
      if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return deadlinePhrases(name, new Date(value), locale);
      return { [name]: value };
    }),
  );
}
