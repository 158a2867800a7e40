/** Forms of a round. */
import { z } from "zod";
import { actSchema } from "@/features/documents/act-service";
import { day } from "@/lib/day-field";
import { italianInstant } from "@/lib/instant-field";
import { dayInItaly } from "@/lib/local-time";
import { euro } from "@/lib/money-field";
import { wholeNumber } from "@/lib/number-field";
import { longText, oneLine } from "@/lib/text-field";
import { ballotTypes, mostPoints } from "@/protocol/records/rounds";
import { parseRule, type RuleSpec } from "@/voting/allocation/rule-spec";
import { type RuleChoice, ruleChoices } from "./rule-choices";

export const ruleChoiceNames = Object.keys(ruleChoices) as [RuleChoice, ...RuleChoice[]];

/** @param leastVotes below which a project is not taken, by number of votes */
export function ruleOfChoice(choice: RuleChoice, leastVotes?: number): RuleSpec {
  if (choice === "greedy" && leastVotes)
    return parseRule({ ...ruleChoices.greedy, threshold: String(leastVotes) });
  return parseRule(
    choice === "score_plus_votes" ? { ...ruleChoices[choice], scores: {} } : ruleChoices[choice],
  );
}

export const roundSchema = (locale: "it" | "en") =>
  z
    .object({
      id: z.string().default(""),
      /** Of a round that is new. */
      command: z.uuid().optional(),
      call: z.string(),
      title: oneLine(150),
      summary: longText(1000),
      ballotType: z.enum(ballotTypes),
      least: wholeNumber(1, 100),
      most: wholeNumber(1, 100),
      mostCents: euro(locale)
        .refine((value) => value === null || value > 0n, "amount_invalid")
        .optional(),
      pointsTotal: wholeNumber(1, mostPoints.total).optional(),
      pointsEach: wholeNumber(1, mostPoints.each).optional(),
      mostOfDistrict: wholeNumber(1, 100).optional(),
      mostOfKind: wholeNumber(1, 100).optional(),
      rule: z.enum(ruleChoiceNames),
      leastVotes: wholeNumber(1, 1_000_000).optional(),
      budget: euro(locale).refine((value) => value !== null && value > 0n, "amount_invalid"),
      proposals: z.array(z.string()).min(1, "required"),
      opensOn: day,
      closesAt: italianInstant,
      requiredAttestations: wholeNumber(2, 3),
      objectionDays: wholeNumber(0, 90),
    })
    .refine(({ least, most }) => least <= most, { path: ["most"], error: "most_below_least" })
    // The chaincode asks the same, once it can no longer be put right in the form.
    .refine(({ most, proposals }) => proposals.length === 0 || most <= proposals.length, {
      path: ["most"],
      error: "most_above_projects",
    })
    .refine(({ ballotType, most }) => ballotType !== "choice" || most === 1, {
      path: ["most"],
      error: "choice_is_one",
    })
    .refine(({ ballotType, mostCents }) => ballotType !== "knapsack" || mostCents, {
      path: ["mostCents"],
      error: "knapsack_needs_sum",
    })
    .refine(({ ballotType, pointsTotal }) => ballotType !== "points" || pointsTotal, {
      path: ["pointsTotal"],
      error: "points_needed",
    })
    .refine(({ ballotType, pointsEach }) => ballotType !== "points" || pointsEach, {
      path: ["pointsEach"],
      error: "points_needed",
    })
    .refine(({ pointsEach, pointsTotal }) => !pointsEach || !pointsTotal || pointsEach <= pointsTotal, {
      path: ["pointsEach"],
      error: "points_each_above_total",
    })
    .refine(
      ({ ballotType, least, pointsTotal }) => ballotType !== "points" || !pointsTotal || least <= pointsTotal,
      { path: ["pointsTotal"], error: "points_below_least" },
    )
    .refine(({ mostOfDistrict, mostOfKind }) => !mostOfDistrict || !mostOfKind, {
      path: ["mostOfKind"],
      error: "one_limit_of_groups",
    })
    .refine(({ rule, leastVotes }) => leastVotes === undefined || rule === "greedy", {
      path: ["leastVotes"],
      error: "least_votes_of_greedy",
    })
    .refine(({ opensOn, closesAt }) => opensOn <= dayInItaly(closesAt), {
      path: ["closesAt"],
      error: "dates_out_of_order",
    });

/** A step of a round that needs nothing but to be asked for. */
export const stepSchema = z.object({ id: z.string().min(1), command: z.uuid() });
const reason = longText(4000);
/** Freezing with admitted proposals left off the ballot: the act that says so, and why. */
const excludingSchema = stepSchema.extend({ ...actSchema, reason });
export type FreezeInput = z.output<typeof stepSchema> | z.output<typeof excludingSchema>;
export const freezeSchema = (_: "it" | "en", form: FormData): z.ZodType<FreezeInput> =>
  form.has("reason") ? excludingSchema : stepSchema;
/** Annulling a round, or giving a proposal up: `id` is the round's or the proposal's. */
export const endSchema = stepSchema.extend({ ...actSchema, reason });
export const finaliseSchema = stepSchema.extend(actSchema);
export const fundingSchema = stepSchema.extend({
  proposal: z.string().min(1),
  funded: z.enum(["yes", "no"]),
  ...actSchema,
});
export const objectionSchema = stepSchema.extend({ text: longText(4000) });
export const objectionDecisionSchema = stepSchema.extend({
  upheld: z.enum(["yes", "no"]),
  reason,
});
