import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
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
  const choice = (from: string, label: ReactNode) => (
    <li key={from} className="py-2">
      {from === chosen ? (
        <strong aria-current="true">{label}</strong>
      ) : (
        <TextLink
          href={{
            pathname: "/[municipality]/office/calls/new",
            params: { municipality },
            ...(from && { query: { modello: from } }),
          }}
        >
          {label}
        </TextLink>
      )}
    </li>
  );
  const isCopied = calls.some(({ id }) => id === chosen);
  return (
    <section aria-labelledby="start" className="mb-8 max-w-form space-y-3">
      <h2 id="start">{t("title")}</h2>
      <ul className="divide-y divide-line border-line border-y">
        {(["", ...callTemplates] as const).map((from) => choice(from, t(from || "blank")))}
      </ul>
      {calls.length > 0 && (
        <Disclosure label={t("copy")} open={isCopied}>
          <ul className="divide-y divide-line border-line border-y">
            {calls.map(({ id, title }) => choice(id, <Italian>{title}</Italian>))}
          </ul>
        </Disclosure>
      )}
      {chosen && <p>{t(isCopied ? "copiedText" : "templateText")}</p>}
    </section>
  );
}
