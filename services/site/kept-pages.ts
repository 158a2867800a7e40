import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { pathnames } from "@/lib/language/pathnames";
import { requestHeaders } from "@/lib/request-headers";
import type { DatabaseVersion } from "./database-version";
import type { Rendered } from "./inner-request";

/** Pages say what day it is and what is open: also without a change nothing is kept for longer. */
const longestMs = 2_000;
const mostPages = 100;
export const largestBytes = 1_000_000;

/**
 * What a request may say and still be answered with a kept page. None of it reaches the page, which is made of the
 * address alone. A cookie, the router's request for a part of a page, a header that nobody has thought of: all of
 * that is answered by Next.
 */
const harmless = new Set([
  ...["host", "connection", "keep-alive", "user-agent", "accept", "accept-language", "accept-encoding"],
  ...["cache-control", "pragma", "upgrade-insecure-requests", "dnt", "sec-gpc", "referer", "priority", "te"],
  ...["sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-fetch-user"],
  ...["sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform"],
  // Set anew by the front.
  ...["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", requestHeaders.id],
]);
/** They belong to one response, or are set anew. */
const ownHeaders = new Set([
  ...["connection", "keep-alive", "date", "transfer-encoding", "content-length", "content-encoding"],
  requestHeaders.id,
]);

/** A page in pieces, between which its nonce was. */
type Page = {
  /** With the nonce it was made with. */
  readonly headers: readonly (readonly [string, string])[];
  readonly nonce: string;
  readonly pieces: readonly string[];
};

const compress = promisify(gzip);

/** A page and what the database held when it was made, at the least. */
type Kept = { readonly version: number; readonly at: number; readonly page: Page };

/**
 * Whole pages for visitors who are not signed in, to whom a page is the same until something changes. It is
 * answered again only while nothing was written to the database since before it was made; its nonce and its id
 * are new each time. A page is made apart from every visitor's connection, so that none can hold up the others.
 *
 * Next's own cache cannot do this: a kept page's policy would have to list the hashes of its scripts, but Next writes
 * scripts into each page that are different for each, and gives hashes to files alone.
 */
export class KeptPages {
  readonly #pages = new Map<string, Kept>();
  /** Pages that are being made; each tells whether it was kept. */
  readonly #making = new Map<string, Promise<boolean>>();

  constructor(
    private readonly changes: Pick<DatabaseVersion, "now">,
    /** Makes a page of its address alone. */
    private readonly render: (url: string) => Promise<Rendered | undefined>,
  ) {}

  /**
   * Answers with a kept page, or makes it and keeps it; has `answer` answer what is no page for anybody.
   * @throws what `answer` throws
   */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    answer: () => Promise<void>,
  ): Promise<void> {
    const url = request.url ?? "/";
    if (!isForAnybody(request, url)) return answer();
    // Where the database does not answer the page says so itself.
    const version = await this.changes.now().catch(() => undefined);
    if (version === undefined) return answer();
    for (;;) {
      const kept = this.#pages.get(url);
      if (kept && kept.version >= version && Date.now() - kept.at < longestMs)
        return send(kept.page, request, response);
      // Many want a page in the moment it has become too old: one makes it, and the others do not pile up.
      const making = this.#making.get(url);
      if (!making) break;
      if (!(await making)) return answer();
    }
    const rendered = this.render(url);
    const made = rendered.then((found) => this.#keep(url, version, found));
    // Gone before those who wait look again: one to whom this page is too old makes the next.
    this.#making.set(
      url,
      made.then(Boolean, () => false).finally(() => this.#making.delete(url)),
    );
    const page = await made;
    const found = await rendered;
    if (page) await send(page, request, response);
    else if (found) relay(found, response);
    else await answer();
  }

  #keep(url: string, version: number, found: Rendered | undefined): Page | undefined {
    // It no longer stands for the page that is being made.
    const page = found && pageOf(found);
    this.#pages.delete(url);
    if (!page) return undefined;
    this.#pages.set(url, { version, at: Date.now(), page });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    return page;
  }
}

/** A proof is asked of the ledger, whose word may change without the database's; signing in leads back to where one was. */
const neverKept = new RegExp(
  [pathnames["/[municipality]/verify/[transaction]"], pathnames["/sign-in"]]
    .flatMap((paths) => Object.values(paths))
    .map((path) => `${path.replaceAll(/\[\w+\]/g, "[^/]+")}$`)
    .join("|"),
);

/** They are given a page that says all at its beginning, see Next's `htmlLimitedBots`. */
const machine = /bot|crawl|spider|preview|embed|facebookexternalhit|whatsapp|telegram|slack|lighthouse/i;

/** Pages have neither an extension nor, to be kept, a question. */
function isForAnybody(request: IncomingMessage, url: string): boolean {
  return (
    request.method === "GET" &&
    /^\/(?!_next\/|api\/)[^?.]{0,300}$/.test(url) &&
    !neverKept.test(url) &&
    !machine.test(request.headers["user-agent"] ?? "") &&
    Object.keys(request.headers).every((name) => harmless.has(name))
  );
}

/** Undefined for what is no page that anybody may get: a failure, a cookie, another type, an error in a part of it. */
function pageOf({ status, headers, body }: Rendered): Page | undefined {
  const { "content-type": type, "content-encoding": encoding, "content-security-policy": policy } = headers;
  const nonce = /'nonce-([\w-]+)'/.exec(String(policy))?.[1];
  if (status !== 200 || headers["set-cookie"] || encoding || !nonce) return undefined;
  if (!String(type).startsWith("text/html")) return undefined;
  const html = body.toString();
  if (html.includes("data-dgst")) return undefined;
  return {
    headers: Object.entries(headers)
      .filter(([name]) => !ownHeaders.has(name))
      .map(([name, value]) => [name, String(value)]),
    nonce,
    pieces: html.split(nonce),
  };
}

async function send(page: Page, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const nonce = randomUUID().replaceAll("-", "");
  const html = Buffer.from(page.pieces.join(nonce));
  const zipped = /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  // The lowest level: a few bytes more, a third of the time.
  const body = zipped ? await compress(html, { level: constants.Z_BEST_SPEED }) : html;
  response.writeHead(200, {
    ...Object.fromEntries(page.headers.map(([name, value]) => [name, value.replaceAll(page.nonce, nonce)])),
    [requestHeaders.id]: randomUUID(),
    "content-length": body.length,
    ...(zipped && { "content-encoding": "gzip" }),
  });
  response.end(body);
}

/** What is not kept is for the one who asked for it. */
function relay({ status, headers, body }: Rendered, response: ServerResponse): void {
  const own = Object.entries(headers).filter(([name]) => !ownHeaders.has(name) || name === requestHeaders.id);
  response.writeHead(status, { ...Object.fromEntries(own), "content-length": body.length });
  response.end(body);
}
