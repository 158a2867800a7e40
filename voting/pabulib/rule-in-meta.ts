import { canonicalJson } from "../../protocol/canonical-json";
import { canonicalRule, parseRule, type RuleSpec } from "../allocation/rule-spec";
import { VotingError } from "../errors";
import { parseDecimal } from "../rational";
import type { Meta } from "./meta";

/**
 * Pabulib's META has ten names of rules and no place for parameters or for an order that was drawn, and its checker
 * takes no keys of others. Both are therefore in a numbered comment, as one JSON object between these words.
 */
const BEFORE = "counted by ";
const COMMENT = /(?:^|\s)#\d+: counted by (\{.*?\})(?=\s#\d+: |$)/;

/** How a file says that it was counted. */
export interface CountedBy {
  readonly rule: RuleSpec;
  /** Project ids in the order drawn; null when none was. */
  readonly tieOrder: readonly string[] | null;
}

/** The comment that lets whoever has the file alone count again: rule, parameters, and how ties are decided. */
export function countedComment({ rule, tieOrder }: CountedBy): string {
  const spec = JSON.parse(canonicalRule(rule)) as object;
  const order = tieOrder === null ? "the lower number" : "the order in ties";
  const json = canonicalJson({ ...spec, ...(tieOrder === null ? {} : { ties: tieOrder }) });
  return `#1: ${BEFORE}${json} #2: Of equally good projects the one that costs less goes first, then the one with more votes, then ${order}.`;
}

/** Reads that comment; null when META has none. Throws PabulibError at the comment. */
export function readCountedComment(meta: Meta): CountedBy | null {
  const json = COMMENT.exec(meta.value("comment") ?? "")?.[1];
  if (json === undefined) return null;
  try {
    const { ties = null, code: _, ...spec } = JSON.parse(json) as Record<string, unknown>;
    const isList = Array.isArray(ties) && ties.every((id) => typeof id === "string");
    if (ties !== null && !isList) throw new VotingError("tie-order", "ties is not a list of ids");
    return { rule: parseRule(spec), tieOrder: ties as readonly string[] | null };
  } catch (error) {
    if (error instanceof VotingError || error instanceof SyntaxError) {
      throw meta.wrong("comment", `the rule in the comment cannot be read: ${error.message}`);
    }
    throw error;
  }
}

/** Pabulib's names whose meaning is exact; `equalshares/add1` is as its checker counts it. */
const NAMED: Readonly<Record<string, object>> = {
  greedy: { rule: "greedy" },
  "greedy-no-skip": { rule: "greedy", skip: false },
  "greedy-threshold": { rule: "greedy" },
  equalshares: { rule: "mes", completion: "none" },
  "equalshares-comparison": { rule: "mes", completion: "none", comparison: true },
  "equalshares/add1": { rule: "mes", completion: "add1", start: "floor", stop: "overspend" },
  "equalshares/add1-comparison": {
    ...{ rule: "mes", completion: "add1", start: "floor", stop: "overspend" },
    comparison: true,
  },
};

/** The rule that META names, with its threshold; null when it names none, or one that does not say how to count. */
export function namedRule(meta: Meta): RuleSpec | null {
  const name = meta.value("rule") ?? "";
  if (!Object.hasOwn(NAMED, name)) return null;
  const threshold = name === "greedy-threshold" ? meta.decimal(THRESHOLD) : null;
  if (name === "greedy-threshold" && threshold === null) return null;
  return parseRule({ ...NAMED[name], ...(threshold === null ? {} : { threshold }) });
}

const THRESHOLD = "min_project_score_threshold";

/**
 * Keys by which Pabulib's files ask for something that no rule here takes into account: limits by category or place, of
 * what a project costs, of how many are chosen; what becomes of the rest; thresholds and quotas of any kind.
 */
const ASKING = /^(min|max)_|_per_|threshold|quota|leftover/;

/** Plain sentences about what META asks for and a count by `rule` does not do. */
export function notApplied(meta: Meta, rule: RuleSpec): string[] {
  const notes: string[] = [];
  const inComment = readCountedComment(meta)?.rule;
  const asked = inComment ?? namedRule(meta);
  const name = meta.value("rule") ?? "unknown";
  if (asked === null ? name !== "unknown" : canonicalRule(asked) !== canonicalRule(rule)) {
    const which = inComment ? `in its comment, ${canonicalRule(inComment)}` : name;
    notes.push(`META asks for the rule ${which}, which was not applied`);
  }
  const threshold = meta.decimal(THRESHOLD);
  const applied = rule.rule === "greedy" ? rule.threshold : null;
  if (threshold !== null && (applied === null || !equals(threshold, applied))) {
    notes.push(`META asks for at least ${threshold} votes (${THRESHOLD}), which was not applied`);
  }
  for (const [key, value] of meta.uncounted()) {
    const isAsking = ASKING.test(key) || (key === "scoring_fn" && value.toLowerCase() !== "borda");
    if (isAsking) notes.push(`META asks for ${key} ${value}, which was not applied`);
  }
  return notes;
}

function equals(a: string, b: string): boolean {
  const [x, y] = [parseDecimal(a), parseDecimal(b)];
  return x !== null && y !== null && x.units === y.units && x.decimals === y.decimals;
}
