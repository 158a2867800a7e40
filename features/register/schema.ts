/** Forms of the register of people in office. */
import { z } from "zod";
import { actSchema } from "@/features/documents/act-service";
import { day } from "@/lib/day-field";
import { longText, oneLine } from "@/lib/text-field";
import { Origin } from "@/protocol/acts/origins";
import { actRoles } from "@/protocol/acts/roles";
import { Id, Organisation } from "@/protocol/primitives";

/** A field that may be left empty, and then says nothing. */
const ifAny = <Schema extends z.ZodType<string>>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

export const officeProposalSchema = z.object({
  command: z.uuid(),
  person: oneLine(200),
  role: z.enum(actRoles),
  from: day,
  until: ifAny(day),
  district: ifAny(z.string().regex(/^[1-9]\d?$/, "district_unknown")),
  substituteFor: ifAny(Id),
  ...actSchema,
});

export const officeSchema = z.object({ command: z.uuid(), id: Id });
/** Stopping a recovery, with the reason that anybody may read. */
export const recoveryStopSchema = z.object({ command: z.uuid(), id: Id, reason: longText(2000) });
export const suspensionSchema = z.object({ command: z.uuid(), id: Id, reason: longText(2000) });

const origin = z
  .string()
  .trim()
  .max(200)
  .refine((text) => Origin.safeParse(text).success, "origin_not_valid");

export const originProposalSchema = z.object({ command: z.uuid(), origin, ...actSchema });
export const originSchema = z.object({ command: z.uuid(), origin });
export const originConfirmationSchema = originSchema.extend({ part: Organisation });
