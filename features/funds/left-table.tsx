import { useTranslations } from "next-intl";
import { DemoMark } from "@/components/ui/demo-mark";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Table } from "@/components/ui/table";
import type { LeftView } from "./carry-over-queries";

/** What years that are over have left to carry over; each leads to its pact, where it is done. */
export function LeftTable({ municipality, left }: { municipality: string; left: readonly LeftView[] }) {
  const t = useTranslations("funds");
  if (left.length === 0) return null;
  return (
    <section className="space-y-4">
      <h2>{t("left")}</h2>
      <p className="max-w-text">{t("leftText")}</p>
      <Table
        caption={<span className="sr-only">{t("left")}</span>}
        rows={left}
        rowKey={({ id }) => id}
        columns={[
          {
            ...{ key: "pact", header: t("pact"), rowHeader: true },
            cell: ({ pact, fictional }) => (
              <>
                <TextLink
                  href={{
                    pathname: "/[municipality]/pacts/[pact]",
                    params: { municipality, pact: pact.slug },
                  }}
                >
                  {pact.title}
                </TextLink>{" "}
                <DemoMark fictional={fictional} />
              </>
            ),
          },
          { key: "line", header: t("line"), cell: ({ line }) => `${line.name} (${line.year})` },
          {
            ...{ key: "left", header: t("leftAmount"), numeric: true },
            cell: ({ leftCents }) => <Money cents={leftCents} />,
          },
        ]}
      />
    </section>
  );
}
