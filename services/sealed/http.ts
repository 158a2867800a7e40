/** The small HTTP server of a part: few addresses, bodies within limits, answers that nobody keeps. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { z } from "zod";
import { log } from "@/lib/log";
import { PartRefusal } from "@/lib/part-refusal";

export interface Asked {
  /** What stands in the places of the path. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** Of whoever asked, as the site in front says: a key for limits and nothing else. */
  readonly address: string;
  readonly type: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface Route {
  readonly method: "GET" | "POST";
  /** Matched against the whole path. */
  readonly path: RegExp;
  /** Longest body, bytes. */
  readonly limit?: number;
  handle(asked: Asked): Promise<Answer> | Answer;
}

const PATIENCE_MS = 20_000;

export function createPartServer(routes: readonly Route[]): Server {
  const server = createServer({ maxHeaderSize: 16_000 }, (request, response) => {
    answer(routes, request).then(
      (given) => send(request, response, given),
      (error: unknown) => send(request, response, refusalAnswer(error)),
    );
  });
  server.requestTimeout = PATIENCE_MS;
  server.headersTimeout = PATIENCE_MS;
  return server;
}

async function answer(routes: readonly Route[], request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://part.invalid");
  const here = routes.flatMap((route) => {
    const match = route.path.exec(url.pathname);
    return match ? [{ route, params: match.slice(1) }] : [];
  });
  const found = here.find(({ route }) => route.method === request.method);
  if (!found)
    throw here.length > 0 ? new PartRefusal(405, "method_not_taken") : new PartRefusal(404, "not_found");
  const body = await bodyOf(request, found.route.limit ?? 0);
  const forwarded = request.headers["x-forwarded-for"];
  return found.route.handle({
    params: found.params,
    query: url.searchParams,
    body,
    address: typeof forwarded === "string" ? forwarded : (request.socket.remoteAddress ?? ""),
    type: request.headers["content-type"] ?? "",
  });
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > limit) throw new PartRefusal(413, "malformed");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusalAnswer(error: unknown): Answer {
  if (error instanceof PartRefusal) return json({ code: error.code, ...error.more }, error.status);
  log.error({ err: error }, "a part failed");
  return json({ code: "failed" }, 500);
}

/**
 * What is only read is read by pages of every organisation: nobody checks with the words of the site that is to be checked
 * alone. No cookie is ever sent, and what is sent in is taken from the parts' own pages.
 */
const readFromAnywhere = { "access-control-allow-origin": "*" };

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    "cache-control": "no-store",
    ...(request.method === "GET" && readFromAnywhere),
    "x-content-type-options": "nosniff",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(body);
}

export function json(value: unknown, status = 200): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

export function octets(body: Uint8Array): Answer {
  return { status: 200, headers: { "content-type": "application/octet-stream" }, body };
}

export function html(body: string, status = 200, policy = ""): Answer {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'${policy}`,
    },
    body,
  };
}

/** @throws PartRefusal `malformed` */
export function readJson<S extends z.ZodType>({ body }: Asked, schema: S): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new PartRefusal(400, "malformed");
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new PartRefusal(400, "malformed");
  return parsed.data;
}
