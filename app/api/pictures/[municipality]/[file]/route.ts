import { Readable } from "node:stream";
import { type Format, mediaTypes } from "@/components/pictures/picture";
import { read } from "@/features/documents/disk";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { isShown, isShownInDraft } from "@/features/pictures/queries";
import { currentViewer } from "@/lib/auth";

const named = /^([0-9a-f]{64})\.(avif|webp|jpg)$/;

/**
 * Sends one file of a picture that is shown. Its name is its digest, so a browser asks for it once. Only a browser may keep
 * it: what stood in a cache on the way could not be taken back when somebody withdraws their consent.
 */
export async function GET(
  _: Request,
  { params }: RouteContext<"/api/pictures/[municipality]/[file]">,
): Promise<Response> {
  const { municipality: slug, file } = await params;
  const [, hash, format] = named.exec(file) ?? [];
  const municipality = hash && (await municipalityBySlug(slug));
  const isPublic = municipality ? await isShown(municipality.istatCode, hash) : false;
  const isOwn =
    municipality && !isPublic && (await isShownInDraft(municipality.istatCode, hash, await currentViewer()));
  const found = (isPublic || isOwn) && hash && (await read(hash));
  if (!found) return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(Readable.toWeb(found.stream) as ReadableStream, {
    headers: {
      "content-type": mediaTypes[format as Format],
      "content-length": String(found.size),
      // What is not published is asked for anew each time: somebody else may sit at this browser next.
      "cache-control": isPublic ? "private, max-age=31536000, immutable" : "no-store",
      etag: `"${hash}"`,
    },
  });
}
