/** Rules people choose from by a name they understand; each is a rule with its parameters. */
export const ruleChoices = {
  equal_shares: { rule: "mes", completion: "add1u" },
  equal_shares_compared: { rule: "mes", completion: "add1u", comparison: true },
  greedy: { rule: "greedy" },
  greedy_per_cost: { rule: "greedy-per-cost" },
  phragmen: { rule: "phragmen" },
} as const;
export type RuleChoice = keyof typeof ruleChoices;
