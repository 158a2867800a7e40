/**
 * Characters that no font shows and that hide in copied text, as members of a class of a regular expression with the
 * flag `u`: overrides and marks of writing direction, which make a text read as another than it is, soft hyphens,
 * fillers and spaces of no width. The two joiners stay: scripts need them.
 */
const unshown =
  "\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF9-\\uFFFB";

/** Tags spell the region of a flag, which is six of them at most and an end, and elsewhere whole texts that nobody sees. */
const flag = "\\u{1F3F4}[\\u{E0020}-\\u{E007E}]{1,8}\\u{E007F}";
const tag = "[\\u{E0000}-\\u{E007F}]";

/** Without looking back, so that a long text of nothing but tags is read once. */
const flagOrInvisible = new RegExp(`(${flag})|[${unshown}]|${tag}`, "gu");

/** Leaves out what shows nothing. */
export function withoutInvisible(text: string): string {
  return text.replace(flagOrInvisible, (_, kept: string | undefined) => kept ?? "");
}

/** Whether a text has more than spaces, joiners and signs that look like a space. */
export function showsSomething(text: string): boolean {
  return /[^\p{Z}\p{Cf}\p{VS}\s\u2800]/u.test(text);
}
