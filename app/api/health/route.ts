import { health } from "@/features/health/queries";

export const dynamic = "force-dynamic";

/** For whoever watches the site: 503 only when it is of no use to anyone. */
export async function GET(): Promise<Response> {
  const found = await health();
  return Response.json(found, {
    status: found.status === "down" ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}
