import { pathnames } from "@/lib/language/pathnames";
import type { Page } from "@/lib/language/routing";

/** Answers to the question that follows the stars, as the model site of Italian municipalities has them. */
export const positiveAnswers = ["clear", "complete", "guided", "noFaults", "other"] as const;
export const negativeAnswers = ["unclear", "incomplete", "lost", "faults", "other"] as const;

/** From so many stars on a person is asked what they liked, below it what was hard. */
export const POSITIVE_FROM = 4;
export const MOST_TEXT = 200;

export function answersFor(stars: number): readonly string[] {
  return stars >= POSITIVE_FROM ? positiveAnswers : negativeAnswers;
}

/** Pages of a public record: of other pages only the kind is kept, because an address of one's own tells who was there. */
const publicRecords: ReadonlySet<Page> = new Set<Page>([
  "/[municipality]/commons/[commons]",
  "/[municipality]/calls/[call]",
  "/[municipality]/rounds/[round]",
  "/[municipality]/rounds/[round]/result",
  "/[municipality]/pacts/[pact]",
  "/[municipality]/funds/[payment]",
  "/[municipality]/houses/[house]",
]);

export type FeedbackPage = { page: Page; record: string | null };

const MOST_RECORD = 120;

/** Which page of the municipality a path is of; undefined where it is none. */
export function pageOf(path: string, municipality: string): FeedbackPage | undefined {
  const parts = path.split("/").filter(Boolean);
  const language = parts[0] === "en" ? "en" : "it";
  const own = language === "en" ? parts.slice(1) : parts;
  if (own[0] !== municipality) return undefined;
  const found = patterns[language].find(
    ({ pattern }) =>
      pattern.length === own.length && pattern.every((part, at) => isHole(part) || part === own[at]),
  );
  if (!found) return undefined;
  const { page, pattern } = found;
  const record = own[pattern.findLastIndex(isHole)] ?? "";
  const kept = publicRecords.has(page) && record.length <= MOST_RECORD && /^[\w-]+$/.test(record);
  return { page, record: kept ? record : null };
}

const isHole = (part: string) => part.startsWith("[");

/** Pages of municipalities by their paths. Those with words come before those with holes: `new` is no call. */
const patterns = { it: patternsIn("it"), en: patternsIn("en") };

function patternsIn(language: "it" | "en") {
  return (Object.entries(pathnames) as [Page, (typeof pathnames)[Page]][])
    .map(([page, known]) => ({
      page,
      pattern: (typeof known === "string" ? known : known[language]).split("/").filter(Boolean),
    }))
    .filter(({ pattern }) => pattern[0] === "[municipality]")
    .sort((a, b) => a.pattern.filter(isHole).length - b.pattern.filter(isHole).length);
}

export type Given = { stars: number; answer: string | null };

export type Summary = {
  count: number;
  /** In hundredths of a star; undefined where nobody answered. */
  average: number | undefined;
  /** How many gave one star, two … five. */
  byStars: readonly number[];
  /** Answers that were given, commonest first. */
  answers: readonly { answer: string; count: number }[];
};

export function summaryOf(given: readonly Given[]): Summary {
  const byStars = [1, 2, 3, 4, 5].map((stars) => given.filter((one) => one.stars === stars).length);
  const sum = given.reduce((all, { stars }) => all + stars, 0);
  const counts = new Map<string, number>();
  for (const { stars, answer } of given) {
    if (!answer) continue;
    // «Other» of those who were content is not «other» of those who were not.
    const key = `${stars >= POSITIVE_FROM ? "positive" : "negative"}.${answer}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    ...{ count: given.length, byStars },
    average: given.length === 0 ? undefined : Math.round((sum * 100) / given.length),
    answers: [...counts]
      .map(([answer, count]) => ({ answer, count }))
      .sort((a, b) => b.count - a.count || (a.answer < b.answer ? -1 : 1)),
  };
}
