import "server-only";
import { getTranslations } from "next-intl/server";
import { chainDay } from "@/features/calls/queries";
import { municipalityBySlug } from "@/features/municipalities/queries";
import type { TableFormat } from "@/lib/export/table";
import { tableResponse, writeTable } from "@/lib/export/table-file";
import { formatDate } from "@/lib/format";
import { keptRead } from "@/lib/kept-reads";
import { addressOf } from "@/lib/language/address";
import { type PaymentWords, paymentsTable } from "./payment-export";
import type { PaymentState } from "./payment-list";
import { everyPayment } from "./payment-list-queries";

/** The payments of a municipality as a file: in words for people, in the language `lingua` asks for, or for programs. */
export async function paymentsFile(request: Request, slug: string, format: TableFormat): Promise<Response> {
  const municipality = await municipalityBySlug(slug);
  if (!municipality) return new Response(null, { status: 404 });
  const locale = new URL(request.url).searchParams.get("lingua") === "en" ? "en" : "it";
  // A file of thousands of rows is made once, until something changes.
  const file = await keptRead(`payments file ${municipality.istatCode} ${format} ${locale}`, async () => {
    const words = format === "json" ? undefined : await wordsIn(locale);
    const [payments, day, t] = await Promise.all([
      everyPayment(municipality.istatCode),
      chainDay(municipality.istatCode),
      getTranslations({ locale, namespace: "funds" }),
    ]);
    const href = { pathname: "/[municipality]/funds", params: { municipality: slug } } as const;
    return writeTable(format, paymentsTable(payments, words), {
      ...{ municipality: municipality.name, locale, address: addressOf(locale, href) },
      facts: [t("title"), t("printedOn", { day: formatDate(day, locale) })],
    });
  });
  return tableResponse(format, `${municipality.slug}-payments`, file);
}

async function wordsIn(locale: "it" | "en"): Promise<PaymentWords> {
  const t = await getTranslations({ locale, namespace: "funds" });
  return {
    name: t("export.name"),
    heading: (column) => t(`export.columns.${column}`),
    state: (state) => t(`payStates.${state as PaymentState}`),
  };
}
