/*
 * The web site, built beforehand by `next build`:
 *
 *   tsx services/site/main.ts
 *
 * It listens on HOST and PORT and prints one line of JSON when it serves,
 * {"ready":true,"port":n}, and on SIGTERM and SIGINT finishes what it is answering and ends.
 *
 * Not `next start`: told to listen on 127.0.0.1, that takes a rewrite to another path of this site for one to
 * another host, because one part of it writes the address as `localhost` and another does not. Here what it
 * listens on and what it calls itself are two things.
 */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import next from "next";
import { z } from "zod";
import { cookieName } from "@/lib/cookie-name";
import { env } from "@/lib/env";
import { reading } from "@/lib/kept-reads";
import { canonicalLocation, isLoopbackOrigin } from "@/lib/origin";
import { DatabaseVersion } from "./database-version";
import { forward } from "./forward";
import { closeFront, createFront } from "./front";
import { innerRequests } from "./inner-request";
import { KeptPages, largestBytes } from "./kept-pages";
import { forwardSealed, sealedTarget } from "./sealed";
import { answerStatic } from "./static-files";
import { hostsOf } from "./target";

// Next prints what a page threw as it is, with the values a query held. It is logged by instrumentation.ts, without.
const print = console.error.bind(console);
console.error = (...values: unknown[]) => {
  if (!values.some((value) => value instanceof Error && "digest" in value)) print(...values);
};

// The settings as they were built in, passed as Next's own standalone server passes them: to read next.config.ts again
// it would load two compilers.
const built = z
  .object({ config: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(await readFile(join(".next", "required-server-files.json"), "utf8")));
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config);
const app = next({ dev: false, hostname: "localhost", port: env.PORT });
await app.prepare();
const answer = app.getRequestHandler();
const render = innerRequests(
  (request, response) => void answerFresh(request, response).catch(() => response.destroy()),
  new URL(env.ORIGIN).host,
  largestBytes,
);
const changes = new DatabaseVersion(env.DATABASE_URL);
const pages = new KeptPages(changes, render);

/** What a page asks the database, it may be told as of when the page was asked for; what a form asks, never. */
async function answerFresh(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isPage = request.method === "GET" && !request.url?.startsWith("/_next/");
  const version = isPage ? await changes.now().catch(() => undefined) : undefined;
  return version === undefined
    ? answer(request, response)
    : reading(version, () => answer(request, response));
}

const server = createFront({
  hosts: hostsOf({ origin: env.ORIGIN, port: env.PORT, allowed: env.ALLOWED_HOSTS }),
  // A proxy on this machine is there when the site is known by a name that is not this machine's own.
  proxies: new Set([...env.TRUSTED_PROXIES, ...(isLoopbackOrigin(env.ORIGIN) ? [] : ["127.0.0.1", "::1"])]),
  hasSession: ({ headers }) => headers.cookie?.includes(cookieName("session")) ?? false,
  async answer(request, response) {
    const url = request.url ?? "/";
    // Here and not in proxy.ts: to Next all loopback names are one, so it cannot lead from one to another.
    // Next itself asks for the page an action leads to as `localhost`: sent elsewhere it would lose the person's cookie.
    const elsewhere = request.headers.rsc ? undefined : canonicalLocation(request.headers.host, env.ORIGIN);
    if (elsewhere && request.method !== "POST") {
      response.writeHead(307, { location: elsewhere + url });
      response.end();
      return;
    }
    const sealed = sealedTarget(url, env.SEALED_SOCKETS);
    if (sealed) await forwardSealed(request, response, sealed);
    else if (env.IDENTITY_PROVIDER_SOCKET && /^\/trial-id(?:[/?]|$)/.test(url))
      // It listens on a private socket; browsers see it under the site's own address.
      await forward(request, response, { socketPath: env.IDENTITY_PROVIDER_SOCKET });
    else if (!(await answerStatic(request, response)))
      await pages.answer(request, response, () => answerFresh(request, response));
  },
});
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
    // Whoever keeps a connection busy for longer is cut off.
    void closeFront(server, 5_000)
      .then(() => app.close())
      .finally(() => process.exit(0));
  });
}
