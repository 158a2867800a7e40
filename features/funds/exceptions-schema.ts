/** Forms of the ways out for money, and of what an act allows beyond the vote. */
import { z } from "zod";
import { actSchema, chosenFile } from "@/features/documents/act-service";
import { longText, oneLine } from "@/lib/text-field";
import { amount, step } from "./schema";

type Locale = "it" | "en";
const reason = longText(4000);
/** A choice that may be left out: an empty field of a form is no field at all. */
const chosen = z
  .string()
  .max(100, "too_long")
  .default("")
  .transform((value) => value || undefined);

export const releaseSchema = (locale: Locale) =>
  step.extend({ from: chosen, amount: amount(locale), reason, ...actSchema });
export const settlementSchema = step.extend(actSchema);
export const cancellationSchema = step.extend({ reason, ...actSchema });
export const countersignatureSchema = step.extend({ report: chosenFile });
export const refusalSchema = step.extend({ reason });
export const recoverySchema = (locale: Locale) =>
  step.extend({ amount: amount(locale), reference: oneLine(80), document: chosenFile });
export const beyondSchema = (locale: Locale) =>
  z.object({
    pact: oneLine(100),
    command: z.uuid(),
    cost: amount(locale),
    line: chosen,
    ...actSchema,
  });
export const representativeSchema = step.extend({ person: oneLine(200), ...actSchema });
