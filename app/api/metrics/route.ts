import { siteMetrics } from "@/features/health/queries";

export const dynamic = "force-dynamic";

/** For Prometheus: 404 unless METRICS_TOKEN is set, 401 for whoever does not bear it. */
export async function GET(request: Request): Promise<Response> {
  const found = await siteMetrics(request.headers.get("authorization"));
  if (found === undefined) return new Response(null, { status: 404 });
  if (found === null)
    return new Response(null, { status: 401, headers: { "www-authenticate": 'Bearer realm="metrics"' } });
  return new Response(found.text, {
    headers: { "content-type": found.contentType, "cache-control": "no-store" },
  });
}
