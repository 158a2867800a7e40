/** Orders as a list that a treasury fills in and that is read back. Pure. */
import type { Table } from "@/lib/export/table";
import type { OrderView } from "./order-queries";

const columns = [
  ["esercizio", "count"],
  ["numero_mandato", "count"],
  ["progressivo_beneficiario", "count"],
  ["importo", "cents"],
  ["esito", "text"],
  ["data", "day"],
  ["quietanza", "identifier"],
  ["data_mandato", "day"],
  ["tipo", "text"],
  ["beneficiario", "text"],
  ["bene_comune", "text"],
  ["cup", "identifier"],
  ["cig", "identifier"],
  ["dimostrativo", "text"],
] as const;

export function ordersTable(rows: readonly OrderView[]): Table {
  return {
    name: "mandati",
    columns: columns.map(([key, kind]) => ({ key, heading: key, kind })),
    rows: rows.map(({ key, amountCents, orderedOn, type, payee, commons, cup, cig, fictional }) => [
      ...[key.year, key.order, key.payee, amountCents, "", "", ""],
      ...[orderedOn, type, payee.name, commons, cup, cig, fictional ? "sì" : ""],
    ]),
  };
}
