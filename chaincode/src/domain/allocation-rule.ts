import { RuleError } from "../../../protocol/errors";
import { canonicalRule, parseRule, type RuleSpec } from "../../../voting/allocation/rule-spec";

/**
 * The text of a round's rule must be exactly the canonical one of a rule this chaincode's own counting code knows,
 * with that code's version, and name no project that is not on the ballot.
 *
 * @param projects how many projects there are; their identifiers are "1" to this
 * @throws {RuleError} `rule_unknown`, or `rule_out_of_bounds` on a number that no count should have to bear
 */
export function requireKnownRule(text: string, projects: number): RuleSpec {
  const spec = known(text);
  if (!spec) throw new RuleError("rule_unknown");
  requireBounds(spec);
  const numbers = new Set(Array.from({ length: projects }, (_, index) => String(index + 1)));
  const isOn = (id: string) => numbers.has(id);
  if (spec.rule === "greedy" && !spec.incompatible.flat().every(isOn)) throw new RuleError("rule_unknown");
  if (spec.rule === "score-plus-votes") {
    const scored = Object.keys(spec.scores);
    if (scored.length !== projects || !scored.every(isOn)) throw new RuleError("rule_unknown");
  }
  return spec;
}

/** A decimal of at most twelve digits and two decimals, as amounts and scores are. */
const bounded = /^\d{1,12}(\.\d{1,2})?$/;

/** An increment below a cent would be a count that nobody waits for. @throws {RuleError} `rule_out_of_bounds` */
function requireBounds(spec: RuleSpec): void {
  const decimals: [string, string][] = [];
  if (spec.rule === "mes") decimals.push(["increment", spec.increment]);
  if (spec.rule === "greedy" && spec.threshold !== null) decimals.push(["threshold", spec.threshold]);
  if (spec.rule === "score-plus-votes") {
    decimals.push(["weight", spec.weight]);
    for (const score of Object.values(spec.scores)) decimals.push(["scores", score]);
  }
  const beyond = decimals.find(([, value]) => !bounded.test(value));
  if (beyond) throw new RuleError("rule_out_of_bounds", { parameter: beyond[0] });
}

export type { RuleSpec };

function known(text: string): RuleSpec | undefined {
  try {
    const { code: _, ...given } = JSON.parse(text) as Record<string, unknown>;
    const spec = parseRule(given);
    return canonicalRule(spec) === text ? spec : undefined;
  } catch {
    return undefined;
  }
}
