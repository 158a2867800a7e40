import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";

/** What became of a file that a form without JavaScript sent: the route comes back with `?file=…`. */
export async function uploadOutcome(
  query: Readonly<Record<string, string | string[] | undefined>>,
): Promise<{ ok: true } | { ok: false; sentence: string } | undefined> {
  const { file, limite } = query;
  if (typeof file !== "string") return undefined;
  if (file === "ok") return { ok: true };
  const t = (await getTranslations("errors")) as unknown as ErrorTranslator;
  const code = /^[a-z_]{1,40}$/.test(file) && t.has(file) && file !== "unexpected" ? file : "unavailable";
  const limit = typeof limite === "string" && /^\d{1,6}$/.test(limite) ? Number(limite) : 0;
  return {
    ok: false,
    sentence: errorSentence(t, await getLocale(), code, { limit, minutes: limit, most: limit }),
  };
}
