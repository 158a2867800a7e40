import { paymentsCsv } from "@/features/funds/payment-list";
import { flowsOf } from "@/features/funds/queries";
import { municipalityBySlug } from "@/features/municipalities/queries";

export async function GET(
  _: Request,
  { params }: RouteContext<"/api/funds/[municipality]/payments.csv">,
): Promise<Response> {
  const municipality = await municipalityBySlug((await params).municipality);
  if (!municipality) return new Response(null, { status: 404 });
  const { payments } = await flowsOf(municipality.istatCode);
  return new Response(paymentsCsv(payments), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${municipality.slug}-payments.csv"`,
      "cache-control": "no-cache",
    },
  });
}
