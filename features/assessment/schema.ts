/** What the offices' forms about a proposal take. */
import { z } from "zod";
import { actSchema } from "@/features/documents/act-service";
import { day } from "@/lib/day-field";
import { longText } from "@/lib/text-field";
import { parsePoints } from "./rules";

const about = { proposal: z.string().min(1).max(64), command: z.uuid() };
const reason = longText(4000);

const points = z.string().transform((typed, context) => {
  const value = parsePoints(typed);
  if (value !== undefined) return value;
  context.addIssue({ code: "custom", message: typed.trim() === "" ? "score_missing" : "points_invalid" });
  return z.NEVER;
});

export const stepSchema = z.object(about);
export const integrationSchema = z.object({ ...about, reason, dueOn: day });
export const conflictSchema = z.object({ ...about, reason });
/** `points` by the criterion's id; whether they fit the call is looked up. */
export const scoreSchema = z.object({ ...about, reason, points: z.record(z.string(), points).default({}) });
export const admitSchema = z.object({ ...about, ...actSchema });
export const rejectSchema = z.object({ ...about, ...actSchema, reason });
export const separateSchema = z.object({ ...about, ...actSchema });
export const mergeSchema = z.object({ ...about, ...actSchema, into: z.string().min(1, "required").max(64) });
