/** As what a table is offered for download: for spreadsheets, for programs, to print and attach. */
export const tableFormats = ["csv", "ods", "json", "pdf"] as const;
export type TableFormat = (typeof tableFormats)[number];

/**
 * What a column holds: words; an identifier, which a spreadsheet must not take for a number or a day; an ISO day; an
 * amount in euro cents; a whole number.
 */
export type ColumnKind = "text" | "identifier" | "day" | "cents" | "count";

export type Column = {
  /** Its name for programs. */
  key: string;
  /** Its name for people. */
  heading: string;
  kind: ColumnKind;
};

/** Columns in the order in which their kinds are told, with the headings that people read. */
export function columnsOf<Key extends string>(
  kinds: Readonly<Record<Key, ColumnKind>>,
  heading: (column: Key) => string,
): Column[] {
  return (Object.keys(kinds) as Key[]).map((key) => ({ key, heading: heading(key), kind: kinds[key] }));
}

/** Cents are a bigint or a whole number; null is an empty cell. */
export type Value = string | number | bigint | null;

/** What is offered for download. */
export type Table = {
  /** The name of its sheet. */
  name: string;
  columns: readonly Column[];
  rows: readonly (readonly Value[])[];
};

/** Cents as a decimal number of euro with two places after `point`. */
export function decimalOf(cents: bigint, point: "." | ","): string {
  const [sign, size] = cents < 0n ? ["-", -cents] : ["", cents];
  return `${sign}${size / 100n}${point}${String(size % 100n).padStart(2, "0")}`;
}
