import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { TextLink } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import type { EndingPact } from "./queries";

export function EndingPacts({
  municipality,
  pacts,
  year,
}: {
  municipality: string;
  pacts: readonly EndingPact[];
  year: string;
}) {
  const t = useTranslations("controlRoom");
  return (
    <section id="patti" className="space-y-4">
      <h2>{t("ending", { year })}</h2>
      <Table
        caption={<span className="sr-only">{t("ending", { year })}</span>}
        rows={pacts}
        rowKey={({ id }) => id}
        empty={<p>{t("noneEnding")}</p>}
        columns={[
          {
            key: "pact",
            header: t("pact"),
            rowHeader: true,
            cell: ({ slug, title }) => (
              <TextLink
                href={{ pathname: "/[municipality]/pacts/[pact]", params: { municipality, pact: slug } }}
              >
                {title}
              </TextLink>
            ),
          },
          { key: "endsOn", header: t("endsOn"), cell: ({ endsOn }) => <DateText value={endsOn} /> },
        ]}
      />
    </section>
  );
}
