import type { VoidReason } from "./validate";

/** By which code a ballot is refused before it is cast, for what would make it void at the count. */
export const ballotRefusals = {
  "wrong-type": "invalid_input",
  "unknown-project": "not_on_ballot",
  "repeated-project": "repeated_choice",
  "too-few-choices": "too_few_choices",
  "too-many-choices": "too_many_choices",
  "too-many-of-group": "too_many_of_group",
  "cost-too-low": "invalid_input",
  "cost-too-high": "choices_too_costly",
  "points-missing": "points_differ",
  "points-not-a-number": "invalid_input",
  "points-negative": "invalid_input",
  "points-too-low": "invalid_input",
  "points-too-high": "too_many_points",
  "points-too-precise": "invalid_input",
  "sum-too-low": "invalid_input",
  "sum-too-high": "too_many_points",
} as const satisfies Record<VoidReason["code"], string>;
