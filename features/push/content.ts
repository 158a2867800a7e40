/** What a message says: the name of what it is about and the way there, and nothing of whoever reads it. */
import { createTranslator } from "use-intl/core";
import { nameOf, pageOf } from "@/features/notifications/line-words";
import { messagesIn } from "@/lib/language/messages";
import { pathOf } from "@/lib/language/path";
import type { PushToSend } from "./sending-service";

/** Of a title that somebody wrote. */
const MOST_LETTERS = 120;

export type PushContent = { title: string; body: string; path: string; tag: string; lang: string };

/** Undefined where all of it was read meanwhile. */
export function pushContentOf(push: PushToSend): PushContent | undefined {
  const { first, count, kind, locale, municipality, batch } = push;
  if (!first) return undefined;
  const t = createTranslator({ locale, messages: messagesIn(locale), namespace: "push.message" });
  const name = shortened(nameOf(first));
  const params = { municipality: municipality.slug };
  const { page, params: where } =
    count === 1
      ? pageOf(municipality.slug, first)
      : { page: "/[municipality]/mine/notifications" as const, params };
  return {
    title: t("title", { municipality: municipality.name }),
    body: t(kind, { count, name, named: name === "" ? "no" : "yes" }),
    path: pathOf(locale, page, where),
    // One that comes a second time takes the place of the first.
    tag: batch,
    lang: locale,
  };
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join("")}…` : text;
}
