/** Rules people choose from by a name they understand; each is a rule with its parameters. */
export const ruleChoices = {
  equal_shares: { rule: "mes", completion: "add1u" },
  equal_shares_compared: { rule: "mes", completion: "add1u", comparison: true },
  greedy: { rule: "greedy" },
  greedy_per_cost: { rule: "greedy-per-cost" },
  phragmen: { rule: "phragmen" },
  // The scores are those of the proposals' admission, read when the round is frozen.
  score_plus_votes: { rule: "score-plus-votes", weight: "50" },
} as const;
export type RuleChoice = keyof typeof ruleChoices;

/** Those that need nothing but the ballots: any closed round can be counted by them. */
export const ballotRules = [
  "equal_shares",
  "equal_shares_compared",
  "greedy",
  "greedy_per_cost",
  "phragmen",
] as const satisfies readonly RuleChoice[];
