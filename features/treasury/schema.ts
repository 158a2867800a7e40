/** Forms of the treasury's page. */
import { z } from "zod";
import { chosenFile } from "@/features/documents/act-service";
import { CommandId } from "@/protocol/primitives";
import { MOST_BYTES } from "./xml";

export const MOST_FILES = 20;

export const filesSchema = z.object({
  files: z
    .array(chosenFile, { error: "file_missing" })
    .min(1, "file_missing")
    .max(MOST_FILES, "treasury_files_many")
    .refine((files) => files.reduce((sum, { size }) => sum + size, 0) <= MOST_BYTES, "treasury_files_large"),
});

export const importSchema = z.object({ id: z.uuid(), command: CommandId });
export const proposalSchema = z.object({ command: CommandId });
