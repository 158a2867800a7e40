/**
 * What the parts of sealed rounds are asked under the site's own address, where they run on the same machine. Cookies and
 * credentials go neither way: a part must not learn whose browser it is, and the site's session is none of its business.
 */
import { type IncomingMessage, request as requestUpstream, type ServerResponse } from "node:http";
import { join } from "node:path";
import { receive } from "./body";
import { fail } from "./refusal";

const form = /^\/sealed\/(issuer\/[123]|relay)(\/[^?]*)(\?.*)?$/;
const sockets = {
  "issuer/1": "issuer-comune",
  "issuer/2": "issuer-case",
  "issuer/3": "issuer-garanti",
  relay: "relay",
} as const;

/** Longer than the largest post and enrolment. */
const LONGEST_BODY = 70_000;
const PATIENCE_MS = 30_000;

/** Of a request; the address is there for limits, as the site itself has set it. */
const passedOn = ["content-type", "accept", "x-forwarded-for"] as const;
const passedBack = [
  ...(["content-type", "content-length", "content-security-policy", "cache-control"] as const),
  ...(["location", "allow", "x-content-type-options", "access-control-allow-origin"] as const),
];

export interface SealedTarget {
  readonly socketPath: string;
  readonly path: string;
}

/** Undefined for every other address. */
export function sealedTarget(url: string, folder: string | undefined): SealedTarget | undefined {
  const [, part, path, query = ""] = form.exec(url) ?? [];
  if (folder === undefined || path === undefined) return undefined;
  const name = sockets[part as keyof typeof sockets];
  return { socketPath: join(folder, `${name}.sock`), path: path + query };
}

export function isSealed(url: string): boolean {
  return form.test(url);
}

export async function forwardSealed(
  request: IncomingMessage,
  response: ServerResponse,
  { socketPath, path }: SealedTarget,
): Promise<void> {
  const body = await receive(request, LONGEST_BODY, () => undefined);
  const headers: Record<string, string | number> = { "content-length": body.length, connection: "close" };
  for (const name of passedOn) {
    const value = request.headers[name];
    if (typeof value === "string") headers[name] = value;
  }
  const forwarded = requestUpstream(
    { socketPath, path, method: request.method, headers, timeout: PATIENCE_MS },
    (answered) => {
      const kept = passedBack.flatMap((name) => {
        const value = answered.headers[name];
        return typeof value === "string" ? [[name, value] as const] : [];
      });
      response.writeHead(answered.statusCode ?? 502, Object.fromEntries(kept));
      answered.pipe(response);
    },
  );
  forwarded.on("timeout", () => forwarded.destroy(new Error("no answer")));
  forwarded.on("error", (error) => response.destroyed || fail(request, response, 502, error));
  response.on("close", () => forwarded.destroy());
  forwarded.end(body);
}
