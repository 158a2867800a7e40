import { useLocale, useTranslations } from "next-intl";
import { DemoMark } from "@/components/ui/demo-mark";
import { EmptyState } from "@/components/ui/empty-state";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import { missingCodes, type TreasuryCodes } from "./codes-schema";
import { canBeFlow, type Orders } from "./order-queries";
import { orderName } from "./reconciliation-table";

/** Orders that wait for the treasury, as files for the accounting program. */
export function OrdersToSend({
  municipality,
  year,
  orders: { rows, unreadable },
  codes,
}: {
  municipality: string;
  year: number;
  orders: Orders;
  codes: TreasuryCodes;
}) {
  const t = useTranslations("treasury");
  const types = useTranslations("funds.types");
  const locale = useLocale();
  const missing = missingCodes(codes);
  const flow = rows.filter(canBeFlow);
  const file = (name: string) => `/api/treasury/${municipality}/${name}?anno=${year}&lingua=${locale}`;
  return (
    <section aria-labelledby="orders" className="space-y-4">
      <h2 id="orders">{t("orders", { year: String(year) })}</h2>
      <p className="max-w-text">{t("ordersText")}</p>
      {unreadable.length > 0 && (
        <Notice tone="warning" title={t("unreadable", { count: unreadable.length })}>
          {unreadable.map(({ orderNumber }) => orderNumber).join(", ")}
        </Notice>
      )}
      <Table
        caption={t("ordersCaption")}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<EmptyState icon="euro" title={t("noOrders")} />}
        columns={[
          {
            ...{ key: "order", header: t("columns.order"), rowHeader: true },
            cell: ({ id, key }) => (
              <TextLink
                href={{ pathname: "/[municipality]/funds/[payment]", params: { municipality, payment: id } }}
              >
                {orderName(key, "")}
              </TextLink>
            ),
          },
          { key: "payee", header: t("columns.payee"), cell: ({ payee }) => payee.name || t("person") },
          { key: "type", header: t("columns.type"), cell: ({ type }) => types(type as "goods") },
          {
            ...{ key: "amount", header: t("columns.amount"), numeric: true },
            cell: ({ amountCents, fictional }) => (
              <>
                <Money cents={amountCents} /> <DemoMark fictional={fictional} />
              </>
            ),
          },
          {
            ...{ key: "file", header: t("columns.file") },
            cell: (row) => (
              <>
                {canBeFlow(row) ? t("inFlow") : t("notInFlow")}
                {row.doubts.map((doubt) => (
                  <span key={doubt} className="block">
                    {t(`doubts.${doubt}`)}
                  </span>
                ))}
              </>
            ),
          },
        ]}
      />
      {rows.length > 0 && (
        <ul className="space-y-2 print:hidden">
          <li>
            <PlainLink href={file("orders.csv")} icon="download" download>
              {t("ordersCsv")}
            </PlainLink>
          </li>
          {flow.length > 0 && (
            <li>
              {missing.length === 0 ? (
                <PlainLink href={file("orders.xml")} icon="download" download>
                  {t("ordersXml", { count: flow.length })}
                </PlainLink>
              ) : (
                <>
                  {t("codesMissing")}{" "}
                  <TextLink
                    href={{ pathname: "/[municipality]/office/treasury/codes", params: { municipality } }}
                  >
                    {t("codes")}
                  </TextLink>
                </>
              )}
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
