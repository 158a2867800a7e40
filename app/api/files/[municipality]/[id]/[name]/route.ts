import { Readable } from "node:stream";
import { read } from "@/features/documents/disk";
import { readableFile } from "@/features/documents/queries";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { attachmentHeader } from "@/lib/attachment-header";
import { currentViewer } from "@/lib/auth";

/** Sends a kept file to whoever may read it. What is not there and what may not be read are answered alike. */
export async function GET(
  _: Request,
  { params }: RouteContext<"/api/files/[municipality]/[id]/[name]">,
): Promise<Response> {
  const { municipality: slug, id } = await params;
  const municipality = await municipalityBySlug(slug);
  const file = municipality && (await readableFile(municipality.istatCode, id, await currentViewer()));
  const bytes = file && (await read(file.hash));
  if (!file || !bytes) return new Response(null, { status: 404 });
  return new Response(Readable.toWeb(bytes.stream) as ReadableStream, {
    headers: {
      "content-type": file.mediaType,
      "content-length": String(bytes.size),
      "content-disposition": attachmentHeader(file.name),
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-cache",
      etag: `"${file.hash}"`,
    },
  });
}
