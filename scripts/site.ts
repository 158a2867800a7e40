/*
 * The web site, built beforehand by `next build`:
 *
 *   tsx scripts/site.ts
 *
 * It listens on HOST and PORT and prints one line of JSON when it serves,
 * {"ready":true,"port":n}, and on SIGTERM and SIGINT finishes what it is answering and ends.
 *
 * Not `next start`: told to listen on 127.0.0.1, that takes a rewrite to another path of this site for one to
 * another host, because one part of it writes the address as `localhost` and another does not. Here what it
 * listens on and what it calls itself are two things.
 */
import {
  createServer,
  type IncomingMessage,
  request as requestUpstream,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { env } from "@/lib/env";
import { canonicalLocation, isReadable } from "@/lib/origin";
import { DatabaseVersion } from "./site/database-version";
import { KeptPages } from "./site/kept-pages";
import { refuseTooLarge } from "./site/too-large";

// Next prints what a page threw as it is, with the values a query held. It is logged by instrumentation.ts, without.
const print = console.error.bind(console);
console.error = (...values: unknown[]) => {
  if (!values.some((value) => value instanceof Error && "digest" in value)) print(...values);
};

const app = next({ dev: false, hostname: "localhost", port: env.PORT });
await app.prepare();
const answer = app.getRequestHandler();
const pages = new KeptPages(new DatabaseVersion(env.DATABASE_URL));

const server = createServer((request, response) => {
  // Here and not in proxy.ts: to Next all loopback names are one, so it cannot lead from one to another.
  // Next itself asks for the page an action leads to as `localhost`: sent elsewhere it would lose the person's cookie.
  const elsewhere = request.headers.rsc ? undefined : canonicalLocation(request.headers.host, env.ORIGIN);
  if (!isReadable(request.url ?? "/")) {
    response.writeHead(400, { "content-security-policy": "default-src 'none'; frame-ancestors 'none'" });
    response.end();
  } else if (refuseTooLarge(request, response)) {
    // Answered.
  } else if (elsewhere && (request.method === "GET" || request.method === "HEAD")) {
    response.writeHead(307, { location: elsewhere + (request.url ?? "/") });
    response.end();
  } else if (env.IDENTITY_PROVIDER_URL && /^\/trial-id(?:[/?]|$)/.test(request.url ?? "")) {
    forward(request, response, new URL(env.IDENTITY_PROVIDER_URL));
  } else {
    const make = () => answer(request, response);
    pages.answer(request, response, make).catch((error: unknown) => fail(response, 500, error));
  }
});
// Longer than the idle time of the usual load balancers, which would otherwise reuse a connection we just closed.
server.keepAliveTimeout = 65_000;
server.headersTimeout = 66_000;
server.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(env.PORT, env.HOST, () => {
  console.log(JSON.stringify({ ready: true, port: (server.address() as AddressInfo).port }));
});

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    server.close(() => void app.close().finally(() => process.exit(0)));
    server.closeIdleConnections();
    // Whoever keeps a connection busy for longer is cut off.
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
}

/**
 * The trial identity provider listens on a private port; browsers see it under the site's own address. A rewrite
 * of Next would do the same and name the private port in a header of the response.
 */
function forward(request: IncomingMessage, response: ServerResponse, upstream: URL): void {
  const origin = new URL(env.ORIGIN);
  const headers = {
    ...request.headers,
    connection: "close",
    "x-forwarded-host": origin.host,
    "x-forwarded-proto": origin.protocol.slice(0, -1),
  };
  const forwarded = requestUpstream(
    { host: upstream.hostname, port: upstream.port, method: request.method, path: request.url, headers },
    (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    },
  );
  forwarded.on("error", (error) => fail(response, 502, error));
  response.on("close", () => forwarded.destroy());
  request.pipe(forwarded);
}

function fail(response: ServerResponse, status: number, error: unknown): void {
  console.error("the site failed to answer:", error);
  if (!response.headersSent) response.writeHead(status);
  response.end();
}
