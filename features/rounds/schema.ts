/** Forms of a round. */
import { z } from "zod";
import { actSchema } from "@/features/documents/act-service";
import { day } from "@/lib/day-field";
import { dayInItaly, instantAt } from "@/lib/local-time";
import { euro } from "@/lib/money-field";
import { wholeNumber } from "@/lib/number-field";
import { longText, oneLine } from "@/lib/text-field";
import { parseRule, type RuleSpec } from "@/voting/allocation/rule-spec";
import { type RuleChoice, ruleChoices } from "./rule-choices";

export const ruleChoiceNames = Object.keys(ruleChoices) as [RuleChoice, ...RuleChoice[]];

export function ruleOfChoice(choice: RuleChoice): RuleSpec {
  return parseRule(ruleChoices[choice]);
}

/** Wall clock of Italy as `datetime-local` gives it. */
const italianInstant = z.string().transform((value, context) => {
  const instant = instantAt(value);
  if (instant instanceof Date) return instant;
  context.addIssue({ code: "custom", message: instant });
  return z.NEVER;
});

export const roundSchema = (locale: "it" | "en") =>
  z
    .object({
      id: z.string().default(""),
      /** Of a round that is new. */
      command: z.uuid().optional(),
      call: z.string(),
      title: oneLine(150),
      summary: longText(1000),
      ballotType: z.enum(["approval", "choice"]),
      least: wholeNumber(1, 100),
      most: wholeNumber(1, 100),
      rule: z.enum(ruleChoiceNames),
      budget: euro(locale).refine((value) => value !== null && value > 0n, "amount_invalid"),
      proposals: z.array(z.string()).min(1, "required"),
      opensOn: day,
      closesAt: italianInstant,
      requiredAttestations: wholeNumber(2, 3),
      objectionDays: wholeNumber(0, 90),
    })
    .refine(({ least, most }) => least <= most, { path: ["most"], error: "most_below_least" })
    .refine(({ ballotType, most }) => ballotType === "approval" || most === 1, {
      path: ["most"],
      error: "choice_is_one",
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
