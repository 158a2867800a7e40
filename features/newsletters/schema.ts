/** What the forms about newsletters take. */
import { z } from "zod";
import { longText, oneLine } from "@/lib/text-field";

const MOST_TITLE = 120;
const MOST_TEXT = 20_000;
const MOST_DISTRICTS = 50;

const words = {
  titleIt: oneLine(MOST_TITLE),
  textIt: longText(MOST_TEXT),
  titleEn: oneLine(MOST_TITLE),
  textEn: longText(MOST_TEXT),
  districts: z
    .array(z.coerce.number().int().min(1).max(999))
    .max(MOST_DISTRICTS)
    .default([])
    .transform((all) => [...new Set(all)].sort((a, b) => a - b)),
};
const id = z.uuid();
const revision = z.coerce.number().int().min(1).max(1_000_000);

export const writeSchema = z.object({ command: z.uuid(), ...words });
export type NewsletterWords = Omit<z.output<typeof writeSchema>, "command">;
export const changeSchema = z.object({ id, revision, ...words });
export const discardSchema = z.object({ id });
export const testSchema = z.object({ id, command: z.uuid() });
export const sendSchema = z.object({ id, revision });
