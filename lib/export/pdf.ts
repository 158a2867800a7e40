import "server-only";
import { getTranslations } from "next-intl/server";
import { formatDateShort, formatNumber } from "../format";
import type { Locale } from "../language/routing";
import { FontSet } from "../pdf/fonts";
import { printable } from "../pdf/table";
import { BODY, PdfWriter } from "../pdf/writer";
import { decimalOf, type Table, type Value } from "./table";

/** Laying out more takes longer than anybody waits, and nobody reads it on paper: the other files have all rows. */
export const MOST_PRINTED = 1_000;

export type Printed = {
  municipality: string;
  /** Where the table's own name does not say enough. */
  title?: string;
  /** What the table is of, below its title: a day, a year, filters. */
  facts: readonly string[];
  /** Where the same table stands on the site. */
  address: string;
  locale: Locale;
};

/** A table to be printed, cited and kept: tagged, with the address at which it is read online. */
export async function writePdf(table: Table, printed: Printed): Promise<Buffer> {
  const { address, locale } = printed;
  const fonts = await FontSet.load();
  // Filters and names say whatever people typed: also what no font has.
  const facts = printed.facts.map((fact) => printable(fonts, fact));
  const municipality = printable(fonts, printed.municipality);
  const t = await getTranslations({ locale, namespace: "printedTable" });
  const rows = table.rows.slice(0, MOST_PRINTED);
  const name = printable(fonts, printed.title ?? table.name);
  const title = `${name} – ${municipality}`;
  const writer = await PdfWriter.open({ title, language: locale, wide: true });
  writer.text(municipality, "bold", BODY);
  writer.title(name, 18);
  for (const fact of facts) writer.text(fact, "regular", BODY);
  writer.text(t("rows", { count: table.rows.length }), "regular", BODY);
  if (rows.length < table.rows.length) writer.text(t("notWhole", { count: rows.length }), "bold", BODY);
  writer.text(t("page", { address }), "regular", BODY);
  writer.code(address, t("code", { address }));
  await writer.table(
    table.columns.map(({ heading, kind }) => ({
      heading,
      align: kind === "cents" || kind === "count" ? "right" : "left",
    })),
    rows.map((row) => table.columns.map(({ kind }, index) => printedValue(kind, row[index] ?? null, locale))),
  );
  return writer.finish(title);
}

function printedValue(kind: Table["columns"][number]["kind"], value: Value, locale: Locale): string {
  if (value === null) return "–";
  switch (kind) {
    case "cents": {
      const [euro = "", cents = ""] = decimalOf(BigInt(value), ".").split(".");
      const whole = euro.startsWith("-")
        ? `−${formatNumber(-BigInt(euro), locale)}`
        : formatNumber(BigInt(euro), locale);
      // Less than a euro owed: nought has no sign of its own.
      const sign = euro === "-0" ? "−0" : whole;
      return `${sign}${locale === "it" ? "," : "."}${cents}`;
    }
    case "day":
      return formatDateShort(String(value), locale);
    default:
      return String(value);
  }
}
