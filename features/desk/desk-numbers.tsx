import { getLocale, getTranslations } from "next-intl/server";
import { Italian } from "@/components/ui/italian";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { type DeskNumbers, deskNumbers } from "./queries";

/** For everybody: how many people operators vouched for at each Casa. Nothing where no Casa received anybody. */
export async function NumbersByDesk({ municipality, round }: { municipality: string; round: string }) {
  const [t, locale, numbers] = await Promise.all([
    getTranslations("desk.numbers"),
    getLocale(),
    deskNumbers(municipality, round),
  ]);
  if (numbers.length === 0) return null;
  return (
    <section className="mt-10 space-y-3">
      <h2>{t("title")}</h2>
      <p className="max-w-text">{t("text")}</p>
      <Table<DeskNumbers>
        caption={t("title")}
        rows={numbers}
        rowKey={({ house }) => house}
        columns={[
          {
            ...{ key: "house", header: t("house"), rowHeader: true },
            cell: ({ house }) => <Italian>{house}</Italian>,
          },
          {
            ...{ key: "credential", header: t("credential"), numeric: true },
            cell: ({ credential }) => formatNumber(credential, locale),
          },
          {
            ...{ key: "paper", header: t("paper"), numeric: true },
            cell: ({ paper }) => formatNumber(paper, locale),
          },
        ]}
      />
      {numbers.map(
        ({ house, incident }) =>
          incident && (
            <div key={house} className="max-w-text space-y-2">
              <h3>{t.rich("incident", { house: () => <Italian>{house}</Italian> })}</h3>
              <p className="wrap-anywhere whitespace-pre-line">
                <Italian>{incident}</Italian>
              </p>
            </div>
          ),
      )}
    </section>
  );
}
