import { z } from "zod";
import type { ErrorParams } from "@/lib/errors";

const keptSchema = z.object({
  path: z.string(),
  /** `done`, or the code of the sentence that says what stood against it. */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  typed: z.record(z.string(), z.string()),
});

export type KeptAnswer = z.output<typeof keptSchema>;

/** What came of a form that was sent without scripts, as the value of a cookie. */
export function keptAnswer(
  path: string,
  code: string,
  params: ErrorParams,
  form: FormData | undefined,
): string {
  const fields = code === "done" ? [] : (["stars", "positive", "negative", "text"] as const);
  const typed = Object.fromEntries(
    fields.flatMap((name) => {
      const value = form?.get(name);
      // Longer than any browser sends from our form, and short enough for a cookie.
      return typeof value === "string" ? [[name, value.slice(0, 300)]] : [];
    }),
  );
  return Buffer.from(JSON.stringify({ path, code, params, typed })).toString("base64url");
}

/** Reads it back; undefined where it is not whole. */
export function readKeptAnswer(cookie: string | undefined): KeptAnswer | undefined {
  if (!cookie) return undefined;
  try {
    return keptSchema.parse(JSON.parse(Buffer.from(cookie, "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}
