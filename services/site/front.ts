import { randomUUID } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { log } from "@/lib/log";
import { requestHeaders } from "@/lib/request-headers";
import { securityHeaders } from "@/lib/security-headers";
import { Addresses, addressOf } from "./addresses";
import { type BodyLimits, readBody, receive, withBody } from "./body";
import { fail, Refusal, refuse } from "./refusal";
import { isSealed } from "./sealed";
import { SlowConnections } from "./slow-connections";
import { allow, type Hosts, readTarget, requireOwnPage } from "./target";
import { refuseTooLarge } from "./too-large";

export type FrontOptions = {
  hosts: Hosts;
  /** Addresses whose `x-forwarded-for` is believed. */
  proxies: ReadonlySet<string>;
  /** Whether somebody may have signed in in the browser that asks. */
  hasSession(request: IncomingMessage): boolean;
  /** How often connections are looked at; for tests. */
  checkMs?: number;
  /** Answers what has passed; a body has been received whole, except an upload's. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void> | void;
};

/** A form with a file of the largest size that is kept, and a little more so that a larger one is refused beside its field. */
const pageForm: BodyLimits = { bytes: 12_000_000, fields: 1_000, files: 20 };
/** Whoever has not signed in has no form to send but is told so, with what they typed shown again. */
const strangersForm: BodyLimits = { ...pageForm, bytes: 1_000_000 };
const interfaceForm: BodyLimits = { bytes: 64_000, fields: 50, files: 0 };

/** The addresses that read their body themselves, as it comes. Any other one may be a page's, whatever it begins with. */
const isUpload = /^\/api\/uploads\/[\w-]+(?:\/(?:digest|map|paper))?(?:\?|$)/;

/**
 * The HTTP server before the site's pages. What it passes on is addressed to this site by a name of its own, small
 * enough to be parsed, and of a shape that the site's own forms have; all else is answered here, in a sentence.
 */
export function createFront(options: FrontOptions): Server {
  const addresses = new Addresses();
  const connections = new SlowConnections(options.checkMs);
  const server = createServer({
    maxHeaderSize: 32_000,
    connectionsCheckingInterval: 5_000,
    // A request that names no site is refused like one that names another.
    requireHostHeader: false,
  });
  server.headersTimeout = 20_000;
  // A body's own limits are a little shorter, so that it is refused in a sentence.
  server.requestTimeout = 300_000;
  // Longer than the idle time of the usual load balancers, which would otherwise reuse a connection we just closed.
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 0;
  server.maxConnections = 4_000;
  server.on("connection", (socket) => {
    const disconnect = addresses.connect(socket, options.proxies);
    if (!disconnect) return;
    socket.once("close", disconnect);
    connections.watch(socket);
  });
  server.on("close", () => connections.stop());

  server.on("request", receiveRequest);
  // Node would answer by itself, without a header of ours.
  server.on("checkExpectation", receiveRequest);
  function receiveRequest(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    connections.expectBody(request);
    const id = setId(request);
    completeHeaders(response, { ...securityHeaders(options.hosts.origin, path), [requestHeaders.id]: id });
    handle(request, response).catch((error: unknown) => {
      if (error instanceof Refusal) refuse(request, response, error);
      // Whoever asked has gone in the middle of it: there is nobody to answer.
      else if (request.socket.destroyed) response.destroy();
      else fail(request, response, 500, error);
    });
  }
  const bare = (status: number) => bareAnswer(status, securityHeaders(options.hosts.origin, "/"));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === "ECONNRESET") socket.destroy();
    else endWith(socket, bare(statusOf(error.code)));
  });
  server.on("connect", (_, socket) => endWith(socket, bare(405)));
  // There are no web sockets here. Next listens too, and would leave the connection open.
  server.on("upgrade", (_, socket) => endWith(socket, bare(400)));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = addressOf(request, options.proxies);
    const leave = addresses.enter(address);
    response.once("close", leave);
    const url = readTarget(request, options.hosts);
    requireOwnPage(request, options.hosts);
    if (request.method === "OPTIONS") {
      response.writeHead(204, { allow }).end();
      return;
    }
    request.url = url;
    setForwarded(request, options.hosts, address);
    if (refuseTooLarge(request, response)) return;
    if (request.method !== "POST" || isUpload.test(url) || isSealed(url)) {
      await options.answer(request, response);
      return;
    }
    // No form of this site is empty: whatever reads one would fail over it.
    if (hasNoBody(request)) throw new Refusal(400, "form_not_readable");
    const limits = limitsOf(url, options.hasSession(request));
    if (limits === strangersForm && Number(request.headers["content-length"] ?? 0) > limits.bytes)
      throw new Refusal(401, "sign_in_first");
    const { count, release } = addresses.hold(address);
    response.once("close", release);
    const received = await receive(request, limits.bytes, count);
    const { type, body } = await readBody(request, received, limits);
    await options.answer(withBody(request, type, body), response);
  }

  return server;
}

function limitsOf(url: string, hasSession: boolean): BodyLimits {
  if (/^\/(?:api|trial-id)\//.test(url)) return interfaceForm;
  return hasSession ? pageForm : strangersForm;
}

function hasNoBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] === undefined && !(Number(headers["content-length"] ?? 0) > 0);
}

/** One id for a request, in its answer and in every line that is logged of it. What a client calls it is not read. */
function setId({ headers }: IncomingMessage): string {
  for (const name of Object.values(requestHeaders)) delete headers[name];
  const id = randomUUID();
  headers[requestHeaders.id] = id;
  return id;
}

/** What a proxy may say of a request is said here anew: nobody else is believed. */
function setForwarded({ headers }: IncomingMessage, { origin }: Hosts, address: string): void {
  const { host, protocol } = new URL(origin);
  for (const name of Object.keys(headers))
    if (name === "forwarded" || name.startsWith("x-forwarded-")) delete headers[name];
  headers["x-forwarded-host"] = host;
  headers["x-forwarded-proto"] = protocol.slice(0, -1);
  headers["x-forwarded-for"] = address;
}

/** Adds what the answer itself does not set, in the moment when it begins. */
function completeHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = ((...args: unknown[]) => {
    if (!response.headersSent)
      for (const [name, value] of Object.entries(headers))
        if (!response.hasHeader(name)) response.setHeader(name, value);
    return writeHead(...args);
  }) as ServerResponse["writeHead"];
}

/** An answer to what is no request that could be answered otherwise. */
function bareAnswer(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...headers, allow, "content-length": "0", connection: "close" });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ].join("\r\n");
}

function endWith(socket: Duplex, text: string): void {
  socket.on("error", () => socket.destroy());
  socket.end(text, () => (socket as Socket).destroySoon());
}

function statusOf(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return 400;
}

/** Finishes what is being answered, for a while. */
export function closeFront(server: Server, milliseconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const limit = setTimeout(() => {
    log.warn({}, "requests were cut off at the stop");
    server.closeAllConnections();
  }, milliseconds);
  return closed.finally(() => clearTimeout(limit));
}
