import { explainProjects, type ProjectExplanation } from "./allocation/explain";
import type { Outcome } from "./allocation/outcome";
import { allocate, parseRule } from "./allocation/rule";
import { VotingError } from "./errors";
import { PabulibError } from "./pabulib/csv";
import { parsePabulib } from "./pabulib/parse";

/** What a worker is asked: the published `.pb` file of a round, another rule, the selection that stands. */
export interface WhatIfQuestion {
  readonly pabulib: string;
  /** A rule as JSON; checked here. */
  readonly rule: unknown;
  readonly selected: readonly string[];
}

export type WhatIfAnswer =
  | {
      readonly ok: true;
      readonly outcome: Outcome;
      readonly explanations: readonly ProjectExplanation[];
      /** Selected by this rule and not by the one that stands, and the reverse. */
      readonly gained: readonly string[];
      readonly lost: readonly string[];
    }
  | { readonly ok: false; readonly code: string; readonly details: Readonly<Record<string, string>> };

/**
 * Counts the same ballots by another rule, for a web worker: question and answer pass `postMessage` as they
 * are (BigInt included), nothing is thrown for what a person can ask, and nothing leaves the browser.
 */
export function whatIf(question: WhatIfQuestion): WhatIfAnswer {
  try {
    const { instance } = parsePabulib(question.pabulib);
    const outcome = allocate(instance, parseRule(question.rule));
    return {
      ok: true,
      outcome,
      explanations: explainProjects(instance, outcome),
      gained: outcome.selected.filter((id) => !question.selected.includes(id)),
      lost: question.selected.filter((id) => !outcome.selected.includes(id)),
    };
  } catch (error) {
    if (error instanceof VotingError) return { ok: false, code: error.code, details: error.details };
    if (error instanceof PabulibError) {
      const details = { line: String(error.line), column: String(error.column), reason: error.reason };
      return { ok: false, code: "file", details };
    }
    throw error;
  }
}
