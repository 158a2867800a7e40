import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import { type ErrorTranslator, errorSentence } from "./error-sentence";

type Params = Readonly<Record<string, string | number>>;

/**
 * Turns codes into sentences in the language of the request, on the server: for pages that show why something
 * was refused, and for the answers of actions.
 */
export async function errorSentences(): Promise<(code: string, params?: Params) => string> {
  const t: unknown = await getTranslations("errors");
  const locale = await getLocale();
  return (code, params) => errorSentence(t as ErrorTranslator, locale, code, params);
}
