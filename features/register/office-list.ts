/** Which offices a page shows and in what order, as its address says it. Pure. */
import { z } from "zod";
import { actRoles } from "@/protocol/acts/roles";
import { organisations } from "@/protocol/primitives";
import type { OfficePhase } from "./rules";

const filters = z.object({
  organizzazione: z.enum(organisations).optional().catch(undefined),
  ruolo: z.enum(actRoles).optional().catch(undefined),
  quando: z.literal("oggi").optional().catch(undefined),
});

export type OfficeFilter = z.infer<typeof filters>;

/** Whatever an address says that is no filter is left out. */
export function officeFilterOf(address: Readonly<Record<string, unknown>>): OfficeFilter {
  return filters.parse(address);
}

type Filtered = { organisation: string; role: string; phase: OfficePhase };

/** The offices that a filter leaves. */
export function filterOffices<Row extends Filtered>(rows: readonly Row[], filter: OfficeFilter): Row[] {
  const { organizzazione, ruolo, quando } = filter;
  return rows.filter(
    ({ organisation, role, phase }) =>
      (organizzazione === undefined || organisation === organizzazione) &&
      (ruolo === undefined || role === ruolo) &&
      (quando === undefined || isInOffice(phase)),
  );
}

/** A suspended office is held all the same. */
export function isInOffice(phase: OfficePhase): boolean {
  return phase === "held" || phase === "suspended";
}

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
