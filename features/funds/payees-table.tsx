import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { State } from "@/components/ui/state";
import { Table } from "@/components/ui/table";
import type { PayeeView } from "./payee-queries";

/** Who can be paid; for the offices, since it names people. */
export function PayeesTable({ payees }: { payees: readonly PayeeView[] }) {
  const t = useTranslations("funds.do");
  return (
    <section className="space-y-4">
      <h2>{t("payees")}</h2>
      <Table
        caption={<span className="sr-only">{t("payees")}</span>}
        rows={payees}
        rowKey={({ id }) => id}
        empty={<EmptyState icon="people" title={t("noPayees")} />}
        columns={[
          { key: "name", header: t("payeeName"), rowHeader: true, cell: ({ name }) => name },
          { key: "kind", header: t("payeeKind"), cell: ({ kind }) => t(`kinds.${kind as "person"}`) },
          {
            key: "eligible",
            header: t("eligibleHeader"),
            cell: ({ eligible }) => (
              <State icon={eligible ? "check" : "minus-circle"} tone={eligible ? "success" : "neutral"}>
                {t(eligible ? "eligible" : "notEligible")}
              </State>
            ),
          },
        ]}
      />
    </section>
  );
}
