/** Texts as people type them, in the one form in which they are kept, compared and searched for. */
import { z } from "zod";
import { showsSomething, withoutInvisible } from "./invisible";

/** Several lines: composed letters (NFC), line feeds alone, nothing invisible, no space around; empty where nothing shows. */
export function normalText(typed: string): string {
  const text = withoutInvisible(typed.replace(/\r\n?/g, "\n")).normalize("NFC").trim();
  return showsSomething(text) ? text : "";
}

/** One line, such as a name or what is searched for: the same with single spaces. */
export function normalLine(typed: string): string {
  return normalText(typed).replace(/\s+/g, " ");
}

const withoutControls = /^[^\p{Cc}\p{Cs}]*$/u;
const withLineBreaks = /^(?:[\n\t]|[^\p{Cc}\p{Cs}])*$/u;

const field = (normal: (typed: string) => string, allowed: RegExp, least: number, most: number) =>
  z
    .string()
    .transform(normal)
    .pipe(z.string().min(least, "required").max(most, "too_long").regex(allowed, "character_not_taken"));

/** A text of one line that is needed, such as a name or a number of an act: the ledger takes no control character. */
export const oneLine = (most: number) => field(normalLine, withoutControls, 1, most);

/** The same where it may be left empty: forms leave empty fields out. */
export const oneLineIfAny = (most: number) => field(normalLine, withoutControls, 0, most).default("");

/** A text of several lines that is needed. */
export const longText = (most: number) => field(normalText, withLineBreaks, 1, most);

export const longTextIfAny = (most: number) => field(normalText, withLineBreaks, 0, most).default("");

/** What is searched for; undefined where nothing is, or nothing that could be found. */
export const searchText = (most: number) =>
  field(normalLine, withoutControls, 1, most).optional().catch(undefined);
