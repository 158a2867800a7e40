import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Beginnings } from "@/components/ui/beginnings";
import { Disclosure } from "@/components/ui/disclosure";
import { Italian } from "@/components/ui/italian";
import { callTemplates } from "./templates";

/** What a new call can begin from: nothing, a template, or a call of before. */
export function CallStart({
  municipality,
  chosen,
  calls,
}: {
  municipality: string;
  /** A template's name or a call's id; empty for nothing. */
  chosen: string;
  calls: readonly { id: string; title: string }[];
}) {
  const t = useTranslations("calls.office.start");
  const choice = (from: string, label: ReactNode) => ({
    ...{ key: from, label, isChosen: from === chosen },
    href: {
      pathname: "/[municipality]/office/calls/new" as const,
      params: { municipality },
      ...(from && { query: { modello: from } }),
    },
  });
  const isCopied = calls.some(({ id }) => id === chosen);
  return (
    <section aria-labelledby="start" className="mb-8 max-w-form space-y-3">
      <h2 id="start">{t("title")}</h2>
      <Beginnings
        choices={(["", ...callTemplates] as const).map((from) => choice(from, t(from || "blank")))}
      />
      {calls.length > 0 && (
        <Disclosure label={t("copy")} open={isCopied}>
          <Beginnings choices={calls.map(({ id, title }) => choice(id, <Italian>{title}</Italian>))} />
        </Disclosure>
      )}
      {chosen && <p>{t(isCopied ? "copiedText" : "templateText")}</p>}
    </section>
  );
}
