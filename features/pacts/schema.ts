/** Forms of co-design and of a pact. */
import { z } from "zod";
import { actSchema, chosenFile } from "@/features/documents/act-service";
import { paperFields } from "@/features/papers/service";
import { day, dayAhead, dayGone } from "@/lib/day-field";
import { wholeNumber } from "@/lib/number-field";
import { longText, longTextIfAny, oneLine } from "@/lib/text-field";
import { pactForms } from "@/protocol/records/pacts";
import { requiredSections, sections } from "./content";

export const step = z.object({ id: z.string().min(1), command: z.uuid() });

const sectionFields = Object.fromEntries(
  sections.map((section) => [
    section,
    requiredSections.includes(section) ? longText(6000) : longTextIfAny(6000),
  ]),
);

export const pactSchema = z
  .object({
    proposal: z.string().min(1),
    title: oneLine(150),
    form: z.enum(pactForms),
    startsOn: day,
    endsOn: day,
    withCase: z.stringbool({ truthy: ["on"], falsy: [] }).default(false),
    ...sectionFields,
  })
  .refine(({ startsOn, endsOn }) => startsOn < endsOn, { path: ["endsOn"], error: "dates_out_of_order" });

export const finishCoDesignSchema = step.extend({ document: chosenFile });
export const approvalSchema = step.extend({
  transaction: z.enum(["pacts:approveDistrict", "pacts:noteGiunta", "pacts:approveGiunta"]),
  ...actSchema,
});
export const signatureSchema = step.extend({
  party: z.string().min(1),
  version: wholeNumber(1, 9999),
  documentHash: z.string(),
});
export const paperSignatureSchema = signatureSchema.extend(paperFields);
export const insuranceSchema = step.extend({ document: chosenFile, validUntil: dayAhead });
export const briefingSchema = step.extend({ document: chosenFile, heldOn: dayGone });
export const interruptionSchema = step.extend({
  transaction: z.enum(["pacts:suspend", "pacts:resume", "pacts:terminate"]),
  reason: longText(4000),
});
export const withdrawalSchema = step.extend({ reason: longText(4000), ...actSchema });
