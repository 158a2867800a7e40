/** What the forms around a draft written for somebody take. */
import { z } from "zod";
import { oneLine } from "@/lib/text-field";

export const startHelpSchema = z.object({ call: z.string().min(1).max(64), command: z.uuid() });

export const claimSchema = z.object({ code: oneLine(40) });
