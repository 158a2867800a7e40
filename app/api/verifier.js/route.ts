import { readFile } from "node:fs/promises";
import { browserVerifier } from "@/lib/programs";

/** The verifier for a worker of the reader's browser: the same for everybody, and no part of any page. */
export async function GET(): Promise<Response> {
  const program = await readFile(browserVerifier).catch(() => undefined);
  if (!program) return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(new Uint8Array(program), {
    headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" },
  });
}
