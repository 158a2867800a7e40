import { type Messages, NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

/**
 * Gives the client components inside the texts they need, and no others: every text that is sent is paid for by
 * each visitor. `ui` is there for all of them.
 */
export async function ClientMessages({
  namespaces,
  children,
}: {
  namespaces: readonly (keyof Messages)[];
  children: ReactNode;
}) {
  const messages = await getMessages();
  const wanted = Object.fromEntries(["ui" as const, ...namespaces].map((name) => [name, messages[name]]));
  return <NextIntlClientProvider messages={wanted}>{children}</NextIntlClientProvider>;
}
