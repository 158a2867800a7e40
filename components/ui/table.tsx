import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Href, Link } from "@/lib/language/navigation";
import { classNames } from "./class-names";
import { Icon } from "./icon";

export type Direction = "ascending" | "descending";

export type Column<Row> = {
  /** Also what stands in the address when the table is sorted by it. */
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Right-aligned tabular figures. */
  numeric?: boolean;
  /** The cell that names the row. */
  rowHeader?: boolean;
  sortable?: boolean;
  /** Sum or remark in the foot. */
  foot?: ReactNode;
  /** Understood without its heading: a compact row leaves that out. */
  plain?: boolean | ((row: Row) => boolean);
};

/**
 * A table for numbers. Sorting is a link to another address. Where there is no room for columns each row becomes
 * a list of labelled values, or, in a compact table, a few lines of them; the roles are spelt out because browsers forget them when tables are drawn otherwise.
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  sort,
  sortHref,
  empty,
  compact = false,
}: {
  caption: ReactNode;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: { column: string; direction: Direction };
  sortHref?: (column: string, direction: Direction) => Href;
  /** Instead of the table when there are no rows. */
  empty?: ReactNode;
  /** Where there is no room for columns values stand one after another: for tables of many rows. */
  compact?: boolean;
}) {
  if (rows.length === 0 && empty) return empty;
  const hasFoot = columns.some((column) => column.foot !== undefined);
  return (
    <table {...roles.table} className="block w-full border-collapse text-base wide:table">
      <caption className="mb-2 block text-left font-semibold wide:table-caption">{caption}</caption>
      <thead {...roles.group} className="sr-only wide:not-sr-only wide:table-header-group">
        <tr {...roles.row} className="border-control border-b-2">
          {columns.map((column) => (
            <th
              key={column.key}
              {...roles.columnHeader}
              scope="col"
              aria-sort={sort?.column === column.key ? sort.direction : undefined}
              className={classNames(
                "px-2 py-2 align-bottom font-semibold wide:wrap-normal",
                column.numeric ? "text-right" : "text-left",
              )}
            >
              <ColumnHeading column={column} sort={sort} sortHref={sortHref} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...roles.group} className="block wide:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            {...roles.row}
            className={classNames("border-line border-b py-3 wide:table-row wide:py-0", rowClass(compact))}
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column} compact={compact} plain={isPlain(column, row)}>
                {column.cell(row)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
      {hasFoot && (
        <tfoot {...roles.group} className="block md:table-footer-group print:table-row-group">
          <tr
            {...roles.row}
            className={classNames(
              "border-control border-t-2 py-3 font-semibold wide:table-row wide:py-0",
              rowClass(compact),
            )}
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column} compact={compact} plain={column.plain === true}>
                {column.foot}
              </Cell>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function rowClass(compact: boolean): string {
  return compact ? "flex flex-wrap items-baseline gap-x-4" : "flex flex-col";
}

function isPlain<Row>({ plain }: Column<Row>, row: Row): boolean {
  return typeof plain === "function" ? plain(row) : plain === true;
}

function Cell<Row>({
  column,
  compact,
  plain,
  children,
}: {
  column: Column<Row>;
  compact: boolean;
  plain: boolean;
  children: ReactNode;
}) {
  const absent = children === undefined;
  const className = classNames(
    "px-0 align-top wide:table-cell wide:px-2 wide:py-2.5",
    compact ? "max-w-full flex-wrap gap-x-1.5 py-0.5" : "justify-between gap-x-4 py-1",
    absent ? "hidden" : "flex",
    column.numeric ? "wide:text-right" : "text-left",
  );
  const content = (
    <>
      {!(compact && plain) && (
        <span
          aria-hidden="true"
          className={classNames(
            "font-normal text-ink-soft wide:hidden",
            compact ? "wrap-anywhere min-w-0" : "max-w-1/2 shrink-0",
          )}
        >
          {column.header}
        </span>
      )}
      <span
        className={classNames(
          "wrap-anywhere wide:wrap-normal min-w-0",
          compact ? "text-left" : "text-right",
          column.numeric ? "wide:text-right" : "wide:text-left",
        )}
      >
        {children}
      </span>
    </>
  );
  // Where rows are lists of values, what names the row stands first and needs no label.
  if (column.rowHeader && !absent)
    return (
      <th
        {...roles.rowHeader}
        scope="row"
        className={classNames(
          "wrap-anywhere wide:wrap-normal order-first block py-1 text-left align-top font-semibold wide:table-cell wide:px-2 wide:py-2.5",
          compact && "basis-full",
        )}
      >
        {children}
      </th>
    );
  return (
    <td {...roles.cell} className={className}>
      {content}
    </td>
  );
}

function ColumnHeading<Row>({
  column,
  sort,
  sortHref,
}: {
  column: Column<Row>;
  sort: { column: string; direction: Direction } | undefined;
  sortHref: ((column: string, direction: Direction) => Href) | undefined;
}) {
  const t = useTranslations("ui.table");
  if (!column.sortable || !sortHref) return column.header;
  const current = sort?.column === column.key ? sort.direction : undefined;
  const next: Direction = current === "ascending" ? "descending" : "ascending";
  const icon = current === undefined ? "arrow-up-down" : current === "ascending" ? "arrow-up" : "arrow-down";
  return (
    <Link
      prefetch={false}
      href={sortHref(column.key, next)}
      title={t(next === "ascending" ? "sortAscending" : "sortDescending", { column: column.header })}
      className="inline-flex min-h-11 items-center gap-1 text-link underline underline-offset-4"
    >
      {column.header}
      <Icon name={icon} size="small" />
    </Link>
  );
}

const roles = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  columnHeader: { role: "columnheader" },
  rowHeader: { role: "rowheader" },
  cell: { role: "cell" },
};
