import { useTranslations } from "next-intl";
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
  const href = (from: string) => ({
    pathname: "/[municipality]/office/calls/new" as const,
    params: { municipality },
    ...(from && { query: { modello: from } }),
  });
  const isCopied = calls.some(({ id }) => id === chosen);
  return (
    <section aria-labelledby="start" className="mb-8 max-w-form space-y-3">
      <h2 id="start">{t("title")}</h2>
      <ul className="divide-y divide-line border-line border-y">
        {(["", ...callTemplates] as const).map((from) => (
          <li key={from} className="py-2">
            {from === chosen ? (
              <strong aria-current="true">{t(from || "blank")}</strong>
            ) : (
              <TextLink href={href(from)}>{t(from || "blank")}</TextLink>
            )}
          </li>
        ))}
      </ul>
      {calls.length > 0 && (
        <Disclosure label={t("copy")} open={isCopied}>
          <ul className="divide-y divide-line border-line border-y">
            {calls.map(({ id, title }) => (
              <li key={id} className="py-2">
                {id === chosen ? (
                  <strong aria-current="true">
                    <Italian>{title}</Italian>
                  </strong>
                ) : (
                  <TextLink href={href(id)}>
                    <Italian>{title}</Italian>
                  </TextLink>
                )}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {chosen && <p>{t(isCopied ? "copiedText" : "templateText")}</p>}
    </section>
  );
}
