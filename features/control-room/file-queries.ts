import "server-only";
import { getTranslations } from "next-intl/server";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { type ColumnKind, columnsOf, type Table, type TableFormat } from "@/lib/export/table";
import { tableResponse, writeTable } from "@/lib/export/table-file";
import { keptRead } from "@/lib/kept-reads";
import { withoutPersonalCodes } from "@/lib/personal-codes";
import { carriedOf } from "./carried-queries";
import { viewedPayments } from "./payments-queries";
import { printedView } from "./printed-view";
import { asOf } from "./queries";
import type { Scope } from "./scope-queries";
import { sumsOf } from "./sums-queries";
import { type View, viewOf } from "./view";
import { groupWords } from "./words";

type Locale = "it" | "en";

/** More payments than any municipality pays in a year from here; a file of more would not open. */
const MOST = 50_000;

/** The view of an address as a file: `sums` as the page groups them, or the `payments` they are made of. */
export async function controlRoomFile(request: Request, slug: string, file: string): Promise<Response> {
  const [, what, format] = /^(sums|payments)\.(csv|ods|json|pdf)$/.exec(file) ?? [];
  const municipality = what && (await municipalityBySlug(slug));
  if (!municipality || !format) return new Response(null, { status: 404 });
  const { searchParams } = new URL(request.url);
  // A file has every row: whichever page of the list was looked at makes no other file.
  const view = { ...viewOf(Object.fromEntries(searchParams)), pagina: 1 };
  const locale: Locale = searchParams.get("lingua") === "en" ? "en" : "it";
  const { day } = await asOf(municipality.istatCode, view.al);
  const scope = { municipality: municipality.istatCode, day, view };
  const inWords = format !== "json";
  const make = async () => {
    const [table, printed] = await Promise.all([
      what === "sums" ? sumsTable(scope, view, locale, inWords) : paymentsTable(scope, locale, inWords),
      printedView(municipality, scope, what as "sums" | "payments", locale),
    ]);
    return writeTable(format as TableFormat, table, printed);
  };
  // Laying out a PDF takes seconds: of one view it is made once, until something changes.
  const asked = `control room ${file} ${municipality.istatCode} ${day} ${locale} ${JSON.stringify(view)}`;
  const body = format === "pdf" ? await keptRead(asked, make) : await make();
  return tableResponse(format as TableFormat, `${municipality.slug}-${what}-${day}`, body);
}

const sumsColumns = {
  group: "text",
  name: "text",
  as_of: "day",
  commitments: "count",
  budget_eur: "cents",
  committed_eur: "cents",
  planned_eur: "cents",
  accepted_eur: "cents",
  paid_eur: "cents",
  carried_in_eur: "cents",
  carried_out_eur: "cents",
} as const satisfies Record<string, ColumnKind>;

async function sumsTable(scope: Scope, view: View, locale: Locale, inWords: boolean): Promise<Table> {
  const [t, nameOf, rows, carried] = await Promise.all([
    getTranslations({ locale, namespace: "controlRoom.file" }),
    groupWords(view.per, locale),
    sumsOf(scope, view.per),
    carriedOf(scope, view.per),
  ]);
  return {
    name: inWords ? t("sums") : "sums",
    columns: columnsOf(sumsColumns, (column) => (inWords ? t(`columns.${column}`) : column)),
    rows: rows.map((row) => [
      row.key,
      withoutPersonalCodes(nameOf(row)),
      scope.day,
      row.count,
      row.budgetCents,
      row.committedCents,
      row.plannedCents,
      row.acceptedCents,
      row.paidCents,
      carried.get(row.key)?.inCents ?? null,
      carried.get(row.key)?.outCents ?? null,
    ]),
  };
}

const paymentColumns = {
  id: "identifier",
  commons: "text",
  milestone: "text",
  payee: "text",
  as_of: "day",
  state: "text",
  changed_on: "day",
  amount_eur: "cents",
  paid_eur: "cents",
  recovered_eur: "cents",
  transaction: "identifier",
} as const satisfies Record<string, ColumnKind>;

async function paymentsTable(scope: Scope, locale: Locale, inWords: boolean): Promise<Table> {
  const [t, states, rows] = await Promise.all([
    getTranslations({ locale, namespace: "controlRoom.file" }),
    getTranslations({ locale, namespace: "funds.payStates" }),
    viewedPayments(scope, 1, MOST),
  ]);
  return {
    name: inWords ? t("payments") : "payments",
    columns: columnsOf(paymentColumns, (column) => (inWords ? t(`columns.${column}`) : column)),
    rows: rows.map((row) => [
      row.id,
      withoutPersonalCodes(row.commonsName),
      withoutPersonalCodes(`${row.milestone ?? ""}. ${row.title}`),
      withoutPersonalCodes(row.payeeName),
      scope.day,
      inWords ? states(row.state as "paid") : row.state,
      row.day,
      row.amountCents,
      row.paidCents,
      row.recoveredCents,
      row.transactionId,
    ]),
  };
}
