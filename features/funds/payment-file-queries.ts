import "server-only";
import { getTranslations } from "next-intl/server";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { attachmentHeader } from "@/lib/attachment-header";
import { writeCsv } from "@/lib/export/csv";
import { writeJson } from "@/lib/export/json";
import { writeOds } from "@/lib/export/ods";
import type { Table } from "@/lib/export/table";
import { type PaymentWords, paymentsTable } from "./payment-export";
import type { PaymentState } from "./payment-list";
import { flowsOf } from "./queries";

type Format = "csv" | "ods" | "json";

const formats: Record<Format, { type: string; write: (table: Table) => string | Uint8Array<ArrayBuffer> }> = {
  csv: { type: "text/csv; charset=utf-8", write: writeCsv },
  ods: { type: "application/vnd.oasis.opendocument.spreadsheet", write: writeOds },
  json: { type: "application/json; charset=utf-8", write: writeJson },
};

/** The payments of a municipality as a file: in words for people, in the language `lingua` asks for, or for programs. */
export async function paymentsFile(request: Request, slug: string, format: Format): Promise<Response> {
  const municipality = await municipalityBySlug(slug);
  if (!municipality) return new Response(null, { status: 404 });
  const { payments } = await flowsOf(municipality.istatCode);
  const locale = new URL(request.url).searchParams.get("lingua") === "en" ? "en" : "it";
  const table = paymentsTable(payments, format === "json" ? undefined : await wordsIn(locale));
  const { type, write } = formats[format];
  return new Response(write(table), {
    headers: {
      "content-type": type,
      "content-disposition": attachmentHeader(`${municipality.slug}-payments.${format}`),
      "cache-control": "no-cache",
    },
  });
}

async function wordsIn(locale: "it" | "en"): Promise<PaymentWords> {
  const t = await getTranslations({ locale, namespace: "funds" });
  return {
    name: t("export.name"),
    heading: (column) => t(`export.columns.${column}`),
    state: (state) => t(`payStates.${state as PaymentState}`),
  };
}
