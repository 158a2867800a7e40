import "server-only";
import { getTranslations } from "next-intl/server";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { attachmentHeader } from "@/lib/attachment-header";
import { currentViewer } from "@/lib/auth";
import { writeCsv } from "@/lib/export/csv";
import { wallClock } from "@/lib/local-time";
import { can } from "@/lib/permissions";
import { isComplete } from "./codes-schema";
import { writeOrderFlow } from "./order-flow";
import { ordersTable } from "./order-list";
import { canBeFlow, ordersOf } from "./order-queries";
import { ownFlowId } from "./own-flow";
import { codesOf, ledgerDay, matchingOf, paymentsOnTheirWay } from "./queries";
import { reconcile } from "./reconciliation";
import { reconciliationTable, type Sentences } from "./reconciliation-table";

type Kind = "orders.xml" | "orders.csv" | "reconciliation.csv";

/** A file of the treasury's page, for those who may see it. */
export async function treasuryFile(request: Request, slug: string, kind: Kind): Promise<Response> {
  const [municipality, viewer] = [await municipalityBySlug(slug), await currentViewer()];
  if (!viewer) return new Response(null, { status: 401 });
  if (!municipality || !can(viewer, municipality.istatCode, "treasury:inspect"))
    return new Response(null, { status: 404 });
  const { istatCode } = municipality;
  const { searchParams } = new URL(request.url);
  const year = yearIn(searchParams.get("anno")) ?? Number((await ledgerDay(istatCode)).slice(0, 4));
  const written = await write(kind, istatCode, year, searchParams.get("lingua") === "en" ? "en" : "it");
  if (written === undefined) return new Response(null, { status: 409 });
  return new Response(written, {
    headers: {
      "content-type": kind.endsWith("xml") ? "application/xml; charset=utf-8" : "text/csv; charset=utf-8",
      "content-disposition": attachmentHeader(`${municipality.slug}-${year}-${kind}`),
      "cache-control": "no-store",
    },
  });
}

/** The year of an address; undefined for what is none. */
export function yearIn(text: string | null | undefined): number | undefined {
  return /^(?:19|20)\d\d$/.test(text ?? "") ? Number(text) : undefined;
}

async function write(
  kind: Kind,
  istatCode: string,
  year: number,
  locale: "it" | "en",
): Promise<string | undefined> {
  if (kind === "reconciliation.csv") {
    const rows = reconcile(await matchingOf(istatCode)).filter((row) => row.year === year);
    const t = (await getTranslations({ locale, namespace: "treasury" })) as unknown as Sentences;
    return writeCsv(reconciliationTable(rows, await paymentsOnTheirWay(istatCode), t, locale));
  }
  const { rows } = await ordersOf(istatCode, year);
  if (kind === "orders.csv") return writeCsv(ordersTable(rows));
  const codes = await codesOf(istatCode);
  const flow = rows.filter(canBeFlow);
  if (!isComplete(codes) || flow.length === 0) return undefined;
  const now = new Date();
  const createdAt = wallClock(new Date(Math.floor(now.getTime() / 1000) * 1000));
  return writeOrderFlow(codes, flow, {
    id: ownFlowId(istatCode, now),
    createdAt: createdAt.length === 16 ? `${createdAt}:00` : createdAt,
  });
}
