import { z } from "zod";
import { longText, oneLine } from "@/lib/text-field";
import { step } from "./schema";

export const objectionSchema = step.extend({ text: longText(4000) });
export const objectionDecisionSchema = step.extend({
  objection: oneLine(100),
  upheld: z.enum(["yes", "no"]),
  reason: longText(4000),
});
