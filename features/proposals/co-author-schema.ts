/** What the forms about co-authors take. */
import { z } from "zod";
import { oneLine } from "@/lib/text-field";
import { draftSchema } from "./schema";

export const takeBackSchema = draftSchema.extend({ invitation: z.uuid() });
export const joinSchema = z.object({
  code: oneLine(40),
  /** Whether everybody may read the name beside the proposal. */
  showName: z.stringbool({ truthy: ["on"], falsy: [] }).default(false),
});
export const removeCoAuthorSchema = draftSchema.extend({ coAuthor: z.string().min(1).max(64) });
