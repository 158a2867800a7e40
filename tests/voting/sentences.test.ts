/** Every sentence the rules can produce stands in both languages and takes the values that are given. */
import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import en from "@/messages/en.json";
import it from "@/messages/it.json";
import { explainProjects } from "@/voting/allocation/explain";
import { ballotBasis, explainBallot } from "@/voting/allocation/explain-ballot";
import { createInstance, type Instance } from "@/voting/allocation/instance";
import { allocate, parseRule } from "@/voting/allocation/rule";
import { fillIn, type Sentence, type SentenceStyle } from "@/voting/allocation/sentence";
import { tieSentence } from "@/voting/allocation/tie";
import { roundedDecimal } from "@/voting/rational";

const approvals = (ballots: readonly (readonly number[])[]) =>
  ballots.map((ballot) => ballot.map((project) => ({ project, points: 1 })));

const projects = [
  { id: "libri", cost: 600n },
  { id: "alberi", cost: 900n },
  { id: "murale", cost: 2500n },
  { id: "orto", cost: 0n },
  { id: "fontana", cost: 300n },
  { id: "palco", cost: 700n },
];

const instance = createInstance({
  budget: 2000n,
  projects,
  ballots: approvals([[0, 1], [0, 1, 3], [0, 1, 2], [1, 2], [2], [5], [], [0, 5]]),
});

const style: SentenceStyle = {
  money: (amount) => `${roundedDecimal({ n: amount.n, d: amount.d * 100n }, 2)} €`,
  number: (value) => roundedDecimal(value, 2),
  project: (id) => id,
  list: (names) => names.join(", "),
};

const languages = { it: translator("it", it), en: translator("en", en) };

function translator(locale: "it" | "en", messages: typeof it) {
  return createTranslator({
    locale,
    messages,
    onError(error) {
      throw error;
    },
  }) as unknown as (key: string, values?: Record<string, string | number>) => string;
}

function told(sentences: readonly Sentence[], language: keyof typeof languages): string[] {
  return sentences.map((sentence) => languages[language](sentence.key, fillIn(sentence, style)));
}

const rules = [
  { rule: "mes", completion: "none" },
  { rule: "mes", completion: "add1u", utility: "cardinality" },
  { rule: "mes", completion: "utilitarian", utility: "points", comparison: true },
  { rule: "greedy" },
  { rule: "greedy", skip: false, threshold: "2" },
  { rule: "greedy", residue: true, incompatible: [["alberi", "libri"]] },
  { rule: "greedy-per-cost" },
  { rule: "phragmen" },
  {
    rule: "score-plus-votes",
    scores: Object.fromEntries(projects.map(({ id }, index) => [id, `${index * 7}.5`])),
  },
];

test.each(rules)("%j is explained in both languages without an empty place", (rule) => {
  const outcome = allocate(instance, parseRule(rule));
  const sentences = explainProjects(instance, outcome).flatMap((explanation) => explanation.sentences);
  const ballots = [
    [],
    [
      { project: 0, points: 1 },
      { project: 4, points: 1 },
    ],
    [{ project: 2, points: 1 }],
  ];
  sentences.push(
    ...ballots.flatMap((choices) => explainBallot(ballotBasis(instance), outcome, choices).sentences),
  );
  for (const language of ["it", "en"] as const) {
    for (const sentence of told(sentences, language))
      expect(sentence).not.toMatch(/[{}]|undefined|NaN|\bnull\b/);
  }
});

test("the figures of Equal Shares are told as a person would", () => {
  // 20.00 among 8 voters is 2.50 each. Libri: four pay 1.50. Then alberi's four have 1.00, 1.00, 1.00 and 2.50.
  const outcome = allocate(instance, parseRule({ rule: "mes", completion: "none" }));
  const sentences = new Map(
    explainProjects(instance, outcome).map((explanation) => [explanation.project, explanation.sentences]),
  );
  expect(told(sentences.get("libri") ?? [], "it")).toEqual([
    "Scelto: vengono 1.5 € dalla quota di ognuna di 4 persone. Il suo sostegno vale 4 voti effettivi su 4.",
  ]);
  expect(told(sentences.get("alberi") ?? [], "en")).toEqual([
    "Not chosen: the shares of those who chose it (4 people) came to 5.5 € of 9 €, 3.5 € less.",
    "The shares of those who chose it went mostly to libri (4.5 €): 4.5 € in all.",
  ]);
  expect(told(sentences.get("fontana") ?? [], "it")).toEqual(["Non scelto: nessuno lo ha scelto."]);
});

test("a voter's own ballot is told what it paid", () => {
  const outcome = allocate(instance, parseRule({ rule: "mes", completion: "none" }));
  const choices = [0, 1, 3].map((project) => ({ project, points: 1 }));
  expect(told(explainBallot(ballotBasis(instance), outcome, choices).sentences, "it")).toEqual([
    "Dalla tua quota sono andati 0 € a orto.",
    "Dalla tua quota sono andati 1.5 € a libri.",
    "Della tua quota di 2.5 € sono stati spesi 1.5 €; restano 1 €.",
  ]);
});

describe("messages", () => {
  test("hold the same keys with the same places in both languages", () => {
    expect(places(it.allocation)).toEqual(places(en.allocation));
  });

  test("hold a sentence for every kind of step and reason to stop", () => {
    const seen = { steps: new Set<string>(), stops: new Set<string>() };
    for (const rule of rules) {
      const outcome = allocate(instance as Instance, parseRule(rule));
      for (const step of outcome.steps) seen.steps.add(step.kind);
      seen.stops.add(outcome.stop);
    }
    for (const kind of seen.steps) expect(Object.keys(it.allocation.step)).toContain(kind);
    for (const stop of seen.stops) expect(Object.keys(it.allocation.stop)).toContain(stop);
    expect(seen.steps.size).toBeGreaterThanOrEqual(10);
  });
});

/** Every key with the names between its braces. */
function places(messages: object, prefix = ""): Record<string, string[]> {
  return Object.assign(
    {},
    ...Object.entries(messages).map(([key, value]: [string, unknown]) =>
      typeof value === "string"
        ? {
            [prefix + key]: [
              ...new Set([...value.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? "")),
            ].sort(),
          }
        : places(value as object, `${prefix}${key}.`),
    ),
  ) as Record<string, string[]>;
}

test.each(["cost", "votes", "drawn-order", "id"] as const)(
  "a tie decided by %s is told in both languages",
  (decidedBy) => {
    const one = tieSentence({ ahead: ["libri"], behind: ["orto", "palco"], decidedBy });
    const two = tieSentence({ ahead: ["libri", "orto"], behind: ["palco"], decidedBy });
    expect(told([one, two], "it")).toEqual([
      expect.stringMatching(/^A pari merito libri, orto, palco: viene prima libri\b(?!, orto)/),
      expect.stringMatching(/^A pari merito libri, orto, palco: vengono prima libri, orto\b/),
    ]);
    expect(told([one, two], "en")).toEqual([
      expect.stringMatching(/^libri, orto, palco were equal: libri comes first\b/),
      expect.stringMatching(/^libri, orto, palco were equal: libri, orto come first\b/),
    ]);
  },
);
