import { useTranslations } from "next-intl";
import { Beginnings } from "@/components/ui/beginnings";
import { type PactTemplate, pactTemplates } from "./templates";

/** What the draft of a pact can begin from, while there is none. */
export function PactStart({
  municipality,
  proposal,
  chosen,
}: {
  municipality: string;
  proposal: string;
  chosen: PactTemplate | undefined;
}) {
  const t = useTranslations("pacts.codesign.beginning");
  return (
    <section aria-labelledby="beginning" className="max-w-form space-y-3">
      <h3 id="beginning">{t("title")}</h3>
      <Beginnings
        choices={([undefined, ...pactTemplates] as const).map((from) => ({
          ...{ key: from ?? "", label: t(from ?? "blank"), isChosen: from === chosen },
          href: {
            pathname: "/[municipality]/office/co-design/[proposal]",
            params: { municipality, proposal },
            ...(from && { query: { modello: from } }),
          },
        }))}
      />
      {chosen && <p>{t("text")}</p>}
    </section>
  );
}
