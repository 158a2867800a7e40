/** The thread of a commons as chapters, as one would tell its story. Pure. */
import type { TransactionName } from "@/protocol/transactions";

export const chapterNames = ["idea", "assessment", "vote", "co_design", "pact", "works", "reports"] as const;
export type ChapterName = (typeof chapterNames)[number];

type Contract = TransactionName extends infer Name
  ? Name extends `${infer Before}:${string}`
    ? Before
    : never
  : never;

/** `here`: part of whatever chapter it happens in. */
const ofContract: { readonly [C in Contract]: ChapterName | "here" } = {
  ...{
    municipality: "here",
    offices: "here",
    passkeys: "here",
    recovery: "here",
    calls: "here",
    papers: "here",
  },
  ...{ subjects: "here", documents: "here" },
  ...{ commons: "idea", proposals: "idea", rounds: "vote", sealed: "vote", desk: "vote", pacts: "pact" },
  ...{ funds: "works", milestones: "works", payments: "works", reports: "reports" },
};

const exceptions: { readonly [T in TransactionName]?: ChapterName } = {
  "proposals:startAssessment": "assessment",
  "proposals:requestIntegration": "assessment",
  "proposals:integrate": "assessment",
  "proposals:declareConflict": "assessment",
  "proposals:score": "assessment",
  "proposals:admit": "assessment",
  "proposals:reject": "assessment",
  "proposals:fund": "vote",
  "proposals:reserve": "vote",
  "proposals:allowBeyond": "vote",
  "proposals:startCoDesign": "co_design",
  "proposals:readyForPact": "co_design",
  "proposals:abandon": "co_design",
};

/** @param name of a transaction; one that is not known any more belongs where it stands */
export function chapterOf(name: string): ChapterName | "here" {
  const contract = name.split(":")[0] ?? "";
  return exceptions[name as TransactionName] ?? ofContract[contract as Contract] ?? "here";
}

export type Chapter<Step> = { name: ChapterName; steps: Step[] };

/**
 * Steps by chapter, in the order in which the chapters began. A proposal that is made once an earlier one has been assessed
 * begins a story of its own.
 * @param steps in the order of the ledger
 */
export function chaptersOf<Step extends { name: string }>(steps: readonly Step[]): Chapter<Step>[][] {
  const stories: Chapter<Step>[][] = [];
  let story: Chapter<Step>[] = [];
  let current: Chapter<Step> | undefined;
  for (const step of steps) {
    if (step.name === "proposals:submit" && story.some(({ name }) => name !== "idea")) {
      story = [];
      current = undefined;
    }
    const told = chapterOf(step.name);
    const name: ChapterName = told === "here" ? (current?.name ?? "idea") : told;
    current = story.find((chapter) => chapter.name === name);
    if (!current) {
      if (story.length === 0) stories.push(story);
      current = { name, steps: [] };
      story.push(current);
    }
    current.steps.push(step);
  }
  return stories;
}
