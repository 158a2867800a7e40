/** Scripts and style sheets of the built site, sent as the build compressed them. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

const types: Readonly<Record<string, string>> = {
  js: "application/javascript; charset=UTF-8",
  mjs: "application/javascript; charset=UTF-8",
  css: "text/css; charset=UTF-8",
};

/** Names as the build gives them: no part begins with a dot, so that none leads out of the folder. */
const named = /^\/_next\/(static\/(?:[\w~-][\w.~-]*\/)*[\w~-][\w.~-]*\.(js|mjs|css))(?:\?[\w=&.-]*)?$/;

/** @returns false for what it leaves to others: another file, or a browser that does not take Brotli */
export async function answerStatic(
  request: IncomingMessage,
  response: ServerResponse,
  folder = ".next",
): Promise<boolean> {
  const [, path, ending = ""] = named.exec(request.url ?? "") ?? [];
  const isAsked = request.method === "GET" || request.method === "HEAD";
  if (!isAsked || !path || !takesBrotli(String(request.headers["accept-encoding"] ?? ""))) return false;
  const file = join(folder, `${path}.br`);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return false;
  response.writeHead(200, {
    "content-type": types[ending],
    "content-encoding": "br",
    "content-length": found.size,
    // A file's name is made of what it holds.
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(file), response);
  return true;
}

function takesBrotli(accepted: string): boolean {
  return accepted.split(",").some((one) => /^\s*br\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(one));
}
