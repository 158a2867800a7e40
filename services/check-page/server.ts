/** Serves the check page from an organisation's own origin: no cookie, no log, and the program as it was built or kept. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pageStyles } from "../trial-page";
import { checkPage } from "./page";

export interface CheckPageOptions {
  /** Origin of the site whose public lists are read. */
  readonly site: string;
  readonly script: Uint8Array;
  /** Programs of voters' devices: a round is checked with the one that was frozen with it. */
  readonly programs: readonly Uint8Array[];
}

const styles = `${pageStyles}textarea { font: inherit; box-sizing: border-box; width: 100%; }
label { display: block; font-weight: 600; }
form { display: grid; gap: .75rem; justify-items: start; }
form[hidden] { display: none; }
`;

/** Path of the municipality and id of the round. */
const ofRound = /^\/([a-z0-9-]{1,80}\/[A-Za-z0-9-]{1,64})$/;
const ofProgram = /^\/program\/([0-9a-f]{64})\.js$/;

export function createCheckPage(options: CheckPageOptions): Server {
  const programs = new Map(options.programs.map((program) => [digestOf(program), program]));
  return createServer({ maxHeaderSize: 16_000 }, (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const [, round] = ofRound.exec(path) ?? [];
    const program = programs.get(ofProgram.exec(path)?.[1] ?? "");
    if (request.method !== "GET") return send(response, options, 405, "text/plain", "");
    if (path === "/script.js") return send(response, options, 200, "text/javascript", options.script);
    if (path === "/style.css") return send(response, options, 200, "text/css", styles);
    if (program) return send(response, options, 200, "text/javascript", program);
    if (round)
      return send(response, options, 200, "text/html", checkPage(languageOf(request), options.site, round));
    send(response, options, 404, "text/plain", "");
  });
}

function languageOf({ headers }: IncomingMessage): "it" | "en" {
  return headers["accept-language"]?.toLowerCase().startsWith("en") ? "en" : "it";
}

function send(
  response: ServerResponse,
  { site }: CheckPageOptions,
  status: number,
  type: string,
  body: string | Uint8Array,
): void {
  const policy = [
    "default-src 'none'",
    ...["script-src 'self'", "style-src 'self'", "worker-src blob:", `connect-src 'self' ${site}`],
    ...["form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'"],
  ];
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": Buffer.byteLength(body),
    "content-security-policy": policy.join("; "),
    ...{ "cache-control": "no-store", "referrer-policy": "no-referrer", vary: "accept-language" },
    ...{ "x-content-type-options": "nosniff", "cross-origin-opener-policy": "same-origin" },
  });
  response.end(body);
}

function digestOf(program: Uint8Array): string {
  return createHash("sha256").update(program).digest("hex");
}
