import type { Messages } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientTexts } from "./client-texts";

type Wanted = {
  namespaces: readonly [keyof Messages, ...(keyof Messages)[]];
  /** Sentences for what the browser itself finds wrong; all others come with the server's answer. */
  errors?: readonly (keyof Messages["errors"])[];
};

/**
 * Gives the client components inside the texts they need, and no others: every text that is sent is paid for by
 * each visitor. `ui` is there for all of them, from the layout.
 */
export function ClientMessages({ namespaces, errors = [], children }: Wanted & { children: ReactNode }) {
  return (
    <Texts namespaces={["ui", ...namespaces]} errors={errors}>
      {children}
    </Texts>
  );
}

/** The same around all pages, for what is on each of them. */
export function SharedMessages({ children }: { children: ReactNode }) {
  return (
    <Texts namespaces={["ui"]} errors={[]}>
      {children}
    </Texts>
  );
}

async function Texts({ namespaces, errors, children }: Required<Wanted> & { children: ReactNode }) {
  const [locale, messages] = await Promise.all([getLocale(), getMessages()]);
  return (
    <ClientTexts locale={locale} texts={textsOf(messages, { namespaces, errors })}>
      {children}
    </ClientTexts>
  );
}

/** They are the same until the process ends. */
const written = new WeakMap<Messages, Map<string, string>>();

function textsOf(messages: Messages, { namespaces, errors }: Required<Wanted>): string {
  const ofLanguage = written.get(messages) ?? new Map<string, string>();
  written.set(messages, ofLanguage);
  const key = [...namespaces, "", ...errors].join(" ");
  const texts =
    ofLanguage.get(key) ??
    JSON.stringify({
      ...Object.fromEntries(namespaces.map((name) => [name, messages[name]])),
      ...(errors.length > 0 && {
        errors: Object.fromEntries(errors.map((code) => [code, messages.errors[code]])),
      }),
    });
  ofLanguage.set(key, texts);
  return texts;
}
