import { z } from "zod";
import { actSchema } from "@/features/documents/act-service";
import { day } from "@/lib/day-field";
import { euro } from "@/lib/money-field";
import { wholeNumber } from "@/lib/number-field";
import { longText, longTextIfAny, oneLine, oneLineIfAny } from "@/lib/text-field";
import { callScopes } from "@/protocol/records/proposals";

/** How many criteria a call's form has room for; empty rows are left out. */
export const CRITERIA_ROWS = 8;

/** A call's form. Criteria come as parallel lists: title in Italian, title in English, weight. */
export const callSchema = (locale: "it" | "en") =>
  z
    .object({
      title: oneLine(150),
      summary: longText(600),
      objectives: longText(4000),
      whoMay: longText(2000),
      documentsAsked: longTextIfAny(2000),
      scopes: z.array(z.enum(callScopes)).min(1, "required"),
      opensOn: day,
      closesOn: day,
      rolling: z.stringbool({ truthy: ["on"], falsy: [] }).default(false),
      threshold: wholeNumber(0, 100),
      requiredScores: wholeNumber(1, 20),
      maxCost: euro(locale).refine((value) => value !== null && value > 0n, "amount_invalid"),
      lines: z.array(z.string()).default([]),
      criterionIt: z.array(oneLineIfAny(150)).default([]),
      criterionEn: z.array(oneLineIfAny(150)).default([]),
      weight: z.array(oneLineIfAny(10)).default([]),
    })
    .refine(({ opensOn, closesOn }) => opensOn <= closesOn, {
      path: ["closesOn"],
      error: "dates_out_of_order",
    })
    .transform(({ criterionIt, criterionEn, weight, maxCost, ...rest }, context) => {
      const criteria = criterionIt.flatMap((it, row) => {
        const weighed = weight[row] ?? "";
        if (!it && !weighed) return [];
        const { data: value = 0, success } = wholeNumber(1, 100).safeParse(weighed);
        if (!it || !success)
          context.addIssue({ code: "custom", path: [`weight[${row}]`], message: "criterion_incomplete" });
        return [{ id: `criterion-${row + 1}`, weight: value, title: { it, en: criterionEn[row] || it } }];
      });
      const sum = criteria.reduce((total, criterion) => total + criterion.weight, 0);
      if (sum !== 100) context.addIssue({ code: "custom", path: ["weight[0]"], message: "weights_not_100" });
      return { ...rest, criteria, maxCostCents: maxCost ?? 0n };
    });

export type CallValues = z.output<ReturnType<typeof callSchema>>;

const id = z.string().min(1).max(64);

/** A draft that is new has no id yet. */
export const draftCallSchema = (locale: "it" | "en") =>
  z.intersection(callSchema(locale), z.object({ call: id.optional(), command: z.uuid().optional() }));

export const publishCallSchema = z.object({ ...actSchema, call: id, command: z.uuid() });

export const extendCallSchema = z.object({
  ...actSchema,
  call: id,
  command: z.uuid(),
  closesOn: day,
});
