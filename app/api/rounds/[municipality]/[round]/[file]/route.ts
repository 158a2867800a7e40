import { municipalityBySlug } from "@/features/municipalities/queries";
import { roundById } from "@/features/rounds/queries";
import { ballotsCsv, pabulibOf } from "@/features/rounds/result-queries";
import { ballotsAreTold } from "@/features/rounds/rules";
import { attachmentHeader } from "@/lib/attachment-header";

/** The ballots of a round that is closed, for whoever wants to count again: `ballots.pb` or `ballots.csv`. */
export async function GET(
  _: Request,
  { params }: RouteContext<"/api/rounds/[municipality]/[round]/[file]">,
): Promise<Response> {
  const { municipality: slug, round: id, file } = await params;
  const municipality = await municipalityBySlug(slug);
  const round = municipality && (await roundById(municipality.istatCode, id));
  if (!municipality || !round || !ballotsAreTold(round.state)) return new Response(null, { status: 404 });
  if (file === "ballots.pb") {
    const made = await pabulibOf(municipality, round);
    if (made === undefined) return new Response(null, { status: 503, headers: { "retry-after": "10" } });
    return text(made, "text/plain", `${round.slug}.pb`);
  }
  // The evidence of sealed ballots is more than a list.
  if (file === "ballots.csv" && round.record.ballotKind === "open")
    return text(await ballotsCsv(municipality.istatCode, round.id), "text/csv", `${round.slug}.csv`);
  return new Response(null, { status: 404 });
}

function text(body: string, type: string, name: string): Response {
  return new Response(body, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": attachmentHeader(name),
      "cache-control": "no-cache",
    },
  });
}
