import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pathOf } from "@/features/documents/service";
import { isBackground } from "@/features/maps/queries";
import { rangeOf } from "@/features/maps/range";
import { municipalityBySlug } from "@/features/municipalities/queries";

const named = /^([0-9a-f]{64})\.pmtiles$/;

/** The background of a municipality's maps, piece by piece: a browser asks for the few thousand bytes that it draws. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/maps/[municipality]/[file]">,
): Promise<Response> {
  const { municipality: slug, file } = await params;
  const hash = named.exec(file)?.[1];
  const municipality = hash && (await municipalityBySlug(slug));
  const isOwn = municipality && (await isBackground(municipality.istatCode, hash));
  const found = isOwn && (await stat(pathOf(hash)).catch(() => undefined));
  if (!found) return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  const headers = {
    "content-type": "application/vnd.pmtiles",
    "accept-ranges": "bytes",
    "cache-control": "public, max-age=86400, immutable",
    etag: `"${hash}"`,
  };
  const range = rangeOf(request.headers.get("range"), found.size);
  if (range === "unsatisfiable")
    return new Response(null, {
      status: 416,
      headers: { ...headers, "content-range": `bytes */${found.size}` },
    });
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  const stream = Readable.toWeb(createReadStream(pathOf(hash), { start, end })) as ReadableStream;
  return new Response(stream, {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      "content-length": String(end - start + 1),
      ...(range && { "content-range": `bytes ${start}-${end}/${found.size}` }),
    },
  });
}
