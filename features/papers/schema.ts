/** Forms of papers that are there already. */
import { z } from "zod";
import { Id } from "@/protocol/primitives";
import { paperFields } from "./service";

export const paperSchema = z.object({ command: z.uuid(), id: Id });
export const paperConfirmationSchema = paperSchema.extend({ seen: paperFields.seen });
