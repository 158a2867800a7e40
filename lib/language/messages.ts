/** Every sentence, for programs that run without Next. The site's pages have them by `next-intl`. */
import en from "@/messages/en.json";
import it from "@/messages/it.json";
import type { Locale } from "./routing";

export function messagesIn(locale: Locale): typeof it | typeof en {
  return locale === "it" ? it : en;
}
