import { openDataFile } from "@/features/open-data/file-queries";

/** Everything that a municipality publishes for other programs; `openapi.json` says what there is. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/open-data/[municipality]/[...file]">,
): Promise<Response> {
  const { municipality, file } = await params;
  return openDataFile(request, municipality, file.join("/"));
}
