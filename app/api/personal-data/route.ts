import { personalExport } from "@/features/people/export-queries";
import { attachmentHeader } from "@/lib/attachment-header";
import { currentViewer } from "@/lib/auth";

/** All that is kept of the person who asks, to take away. */
export async function GET(): Promise<Response> {
  const viewer = await currentViewer();
  if (!viewer) return new Response(null, { status: 401 });
  return new Response(`${JSON.stringify(await personalExport(viewer.id), null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": attachmentHeader("co-city-dati.json"),
      "cache-control": "no-store",
    },
  });
}
