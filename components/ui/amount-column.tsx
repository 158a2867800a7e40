import { Money } from "./money";
import type { Column } from "./table";

/** A column of amounts with their sum, in a list that has any: most amounts of this kind are none. */
export function amountColumn<Row>(
  key: string,
  header: string,
  totalCents: bigint,
  centsOf: (row: Row) => bigint,
): Column<Row>[] {
  if (totalCents === 0n) return [];
  return [
    {
      ...{ key, header, numeric: true, foot: <Money cents={totalCents} /> },
      cell: (row) => (centsOf(row) === 0n ? "–" : <Money cents={centsOf(row)} />),
    },
  ];
}
