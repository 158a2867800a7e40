/** The order of the offices on a page, as its address says it. */

export const officeColumns = ["person", "role", "organisation", "from", "until"] as const;
export type OfficeColumn = (typeof officeColumns)[number];

type Sortable = Record<"name" | "organisation" | "role" | "from", string> & { until?: string | undefined };

/** Sorted by a column; of equal rows the later office first. What has no end comes after all ends. */
export function sortOffices<Row extends Sortable>(
  rows: readonly Row[],
  column: string,
  direction: "ascending" | "descending",
  roleName: (row: Row) => string,
): Row[] {
  const key: Record<OfficeColumn, (row: Row) => string> = {
    person: ({ name }) => name,
    role: roleName,
    organisation: ({ organisation }) => organisation,
    from: ({ from }) => from,
    until: ({ until }) => until ?? "9999-12-31",
  };
  const by = key[(officeColumns as readonly string[]).includes(column) ? (column as OfficeColumn) : "from"];
  const sign = direction === "ascending" ? 1 : -1;
  return [...rows].sort(
    (one, other) =>
      sign * by(one).localeCompare(by(other), "it") ||
      other.from.localeCompare(one.from) ||
      one.name.localeCompare(other.name, "it"),
  );
}
