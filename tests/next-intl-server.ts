import { createTranslator } from "next-intl";
import en from "@/messages/en.json";
import it from "@/messages/it.json";

type Locale = "it" | "en";

/** What `next-intl/server` gives to code that runs outside of a request of Next: the real messages in this language. */
export function nextIntlServer(locale: () => Locale = () => "it") {
  return {
    getLocale: async () => locale(),
    getMessages: async () => (locale() === "it" ? it : en),
    getTranslations: async (asked: string | { locale: Locale; namespace: string }) => {
      const wanted = typeof asked === "string" ? { locale: locale(), namespace: asked } : asked;
      const messages: Record<string, unknown> = wanted.locale === "it" ? it : en;
      return createTranslator({ ...wanted, messages });
    },
  };
}
