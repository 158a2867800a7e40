/** Forms of a sealed round in the office. */
import { z } from "zod";
import { actSchema } from "@/features/documents/act-service";
import { italianInstant } from "@/lib/instant-field";
import { wholeNumber } from "@/lib/number-field";
import { longText } from "@/lib/text-field";

const step = { id: z.string().min(1).max(100), command: z.uuid() };

export const announceSchema = z.object({
  ...step,
  groupSize: wholeNumber(2, 100),
  // What waits at the end is recorded within them: without any it could not be.
  graceMinutes: wholeNumber(1, 10_080),
  publishDays: wholeNumber(1, 60),
  noticeHours: wholeNumber(0, 168),
});

/** 32 bytes as the trustee's command prints them, spaces and capitals aside. */
const key = z
  .string()
  .max(200)
  .transform((text) => text.replace(/\s/g, "").toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/, "not_a_key"));

export const prolongSchema = z.object({
  ...step,
  closesAt: italianInstant,
  reason: longText(4000),
  ...actSchema,
});

export const trusteeKeySchema = z.object({ ...step, key });
export const releaseSchema = z.object({ ...step, key });
