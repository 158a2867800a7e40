import { canonicalRule, parseRule, type RuleSpec } from "../../../voting/allocation/rule-spec";
import { RuleError } from "../protocol/errors";

/**
 * The text of a round's rule must be exactly the canonical one of a rule this chaincode's own counting code knows,
 * with that code's version, and name no project that is not on the ballot.
 *
 * @param projects how many projects there are; their identifiers are "1" to this
 * @throws {RuleError} `rule_unknown`
 */
export function requireKnownRule(text: string, projects: number): RuleSpec {
  const spec = known(text);
  if (!spec) throw new RuleError("rule_unknown");
  const numbers = new Set(Array.from({ length: projects }, (_, index) => String(index + 1)));
  const isOn = (id: string) => numbers.has(id);
  if (spec.rule === "greedy" && !spec.incompatible.flat().every(isOn)) throw new RuleError("rule_unknown");
  if (spec.rule === "score-plus-votes") {
    const scored = Object.keys(spec.scores);
    if (scored.length !== projects || !scored.every(isOn)) throw new RuleError("rule_unknown");
  }
  return spec;
}

function known(text: string): RuleSpec | undefined {
  try {
    const { code: _, ...given } = JSON.parse(text) as Record<string, unknown>;
    const spec = parseRule(given);
    return canonicalRule(spec) === text ? spec : undefined;
  } catch {
    return undefined;
  }
}
