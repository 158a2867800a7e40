/**
 * Error codes of the chaincode. A refusal travels as the message `COCITY:{"code":…,"params":{…}}`;
 * the application turns the code into a sentence of the person's language.
 */
export const errorCodes = [
  "invalid_input",
  "wrong_certificate",
  "wrong_role",
  "wrong_organisation",
  "wrong_municipality",
  "not_found",
  "already_exists",
  "already_done",
  "wrong_state",
  "day_backwards",
  "day_in_future",
  "dates_out_of_order",
  "too_early",
  "too_late",
  "weights_not_100",
  "score_over_weight",
  "score_missing",
  "conflict_declared",
  "not_enough_scores",
  "below_threshold",
  "above_threshold",
  "not_representative",
  "call_closed",
  "cost_over_limit",
  "roll_full",
  "slot_taken",
  "key_already_admitted",
  "key_not_admitted",
  "key_withdrawn",
  "same_organisation",
  "bad_signature",
  "round_not_open",
  "rule_unknown",
  "project_differs",
  "not_on_ballot",
  "too_many_choices",
  "too_few_choices",
  "repeated_choice",
  "ballot_already_cast",
  "outcome_differs",
  "already_attested",
  "objection_open",
  "not_selected",
  "not_a_party",
  "already_signed",
  "wrong_version",
  "term_too_long",
  "insurance_missing",
  "safety_briefing_missing",
  "insurance_expired",
  "over_budget",
  "over_commitment",
  "over_planned",
  "over_accepted",
  "below_committed",
  "cup_missing",
  "cig_missing",
  "payee_not_eligible",
  "grant_act_missing",
  "grant_not_published",
  "same_person",
  "one_organisation_only",
  "milestone_not_accepted",
  "report_overdue",
  "challenge_window_open",
  "pact_not_active",
  "act_required",
  "proposal_left_out",
  "own_proposal",
  "score_differs",
  "rule_out_of_bounds",
  "objection_term_short",
  "voting_too_short",
  "ballot_incomplete",
  "draw_missing",
  "draw_differs",
  "already_drawn",
  "commons_taken",
  "credits_full",
  "setting_below_floor",
  "setting_above_ceiling",
  "settings_differ",
  "conflict_of_interest",
  "before_its_step",
  "proposal_not_ready",
  "proponent_not_a_party",
  "line_not_of_call",
  "line_year_over",
  "not_the_proponent",
  "body_code_missing",
  "over_decided",
  "over_free",
  "pact_term_over",
  "evidence_used",
  "order_number_used",
  "receipt_used",
  "not_yours_to_correct",
  "too_many",
  "wrong_carrier",
  "act_malformed",
  "wrong_founding",
  "wrong_channel",
  "wrong_transaction",
  "act_expired",
  "act_expires_late",
  "act_not_in_list",
  "not_in_office",
  "key_unknown",
  "key_not_counting",
  "assertion_malformed",
  "assertion_type",
  "assertion_challenge",
  "assertion_origin",
  "assertion_cross_origin",
  "assertion_rp",
  "assertion_unverified",
  "seen_incomplete",
  "changed_since_seen",
  "not_founded",
  "already_founded",
  "founding_incomplete",
  "recovery_key_unknown",
  "origin_not_allowed",
  "origin_differs",
  "incompatible_roles",
  "person_concerned",
  "other_organisation",
  "not_own",
  "last_administrator",
  "substitute_dates",
  "suspension_over",
  "code_differs",
  "key_not_accepted",
  "trial_key",
] as const;
export type ErrorCode = (typeof errorCodes)[number];
export type ErrorParams = Record<string, string | number>;

const PREFIX = "COCITY:";

/** A refusal of a rule. `params` fill the sentence shown to the person; they never hold personal data. */
export class RuleError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
  ) {
    super(`${PREFIX}${JSON.stringify({ code, params })}`);
    this.name = "RuleError";
  }
}

/** Reads a refusal back from an error message of the chaincode or a peer; `undefined` when it is none. */
export function parseRuleError(message: string): RuleError | undefined {
  const start = message.indexOf(PREFIX);
  if (start < 0) return undefined;
  const text = message.slice(start + PREFIX.length);
  for (let end = text.lastIndexOf("}") + 1; end > 0; end = text.lastIndexOf("}", end - 2) + 1) {
    try {
      const { code, params } = JSON.parse(text.slice(0, end)) as { code: ErrorCode; params: ErrorParams };
      return errorCodes.includes(code) ? new RuleError(code, params) : undefined;
    } catch {}
  }
  return undefined;
}
