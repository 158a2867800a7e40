/** Forms of the map's page. */
import { z } from "zod";
import { oneLine } from "@/lib/text-field";

export const confirmMapSchema = z.object({ draft: z.uuid(), credit: oneLine(200) });
export const discardMapSchema = z.object({ draft: z.uuid() });
export const removeMapSchema = z.object({ part: z.enum(["outlines", "tiles"]) });
