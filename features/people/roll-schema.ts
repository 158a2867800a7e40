/** The form of the voters' roll. */
import { z } from "zod";
import { chosenFile } from "@/features/documents/act-service";

export const rollSchema = z.object({ file: chosenFile, mode: z.enum(["add", "replace"]) });
