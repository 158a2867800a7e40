"use client";

import { type Messages, NextIntlClientProvider } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { TIME_ZONE } from "@/lib/format";
import type { Locale } from "@/lib/language/routing";

/** What {@link ClientMessages} sends: texts as JSON, because each value of an object would be written and read by itself. */
export function ClientTexts({
  locale,
  texts,
  children,
}: {
  locale: Locale;
  texts: string;
  children: ReactNode;
}) {
  const messages = useMemo(() => JSON.parse(texts) as Messages, [texts]);
  return (
    <NextIntlClientProvider locale={locale} timeZone={TIME_ZONE} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
