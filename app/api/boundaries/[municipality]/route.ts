import { outlinesAsGeoJson } from "@/features/municipalities/queries";

/** Outlines for the map: `all`, or one municipality's by its ISTAT code. */
export async function GET(
  _: Request,
  { params }: RouteContext<"/api/boundaries/[municipality]">,
): Promise<Response> {
  const { municipality } = await params;
  if (municipality !== "all" && !/^\d{6}$/.test(municipality)) return new Response(null, { status: 404 });
  return Response.json(await outlinesAsGeoJson(municipality), {
    headers: { "content-type": "application/geo+json", "cache-control": "public, max-age=3600" },
  });
}
