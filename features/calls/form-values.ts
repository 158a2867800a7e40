import { typedEuro } from "@/lib/money";
import type { CallFormValues } from "./call-form";
import type { OfficeCall } from "./queries";

/** A draft as its form shows it. */
export function formValuesOf(call: OfficeCall, locale: "it" | "en"): CallFormValues {
  const { title, summary, objectives, whoMay, documentsAsked, scopes, opensOn, closesOn, lines } = call;
  return {
    ...{ title, summary, objectives, whoMay, documentsAsked, scopes, opensOn, closesOn, lines },
    rolling: call.rolling ? "on" : undefined,
    threshold: String(call.threshold),
    requiredScores: String(call.requiredScores),
    maxCost: typedEuro(call.maxCostCents, locale),
    criterionIt: call.criteria.map((criterion) => criterion.title.it),
    criterionEn: call.criteria.map((criterion) => criterion.title.en),
    weight: call.criteria.map(({ weight }) => String(weight)),
  };
}

/** The values with which a new call begins that is like another one: its dates and its lines are not those of before. */
export function copiedValues(call: OfficeCall, locale: "it" | "en"): Partial<CallFormValues> {
  const { opensOn: _, closesOn: __, lines: ___, ...values } = formValuesOf(call, locale);
  return values;
}
