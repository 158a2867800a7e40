import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gunzipSync, gzip } from "node:zlib";
import { pathnames } from "@/lib/language/pathnames";
import { requestHeaders } from "@/lib/request-headers";
import type { DatabaseVersion } from "./database-version";

/** Pages say what day it is and what is open: also without a change nothing is kept for longer. */
const longestMs = 2_000;
const mostPages = 100;
const largestBytes = 1_000_000;

/**
 * What a request may say and still be answered with what another was: none of it shows in a page. A cookie, the
 * router's request for a part of a page, a header that nobody has thought of: all of that is answered by Next.
 */
const harmless = new Set([
  ...["host", "connection", "keep-alive", "user-agent", "accept", "accept-language", "accept-encoding"],
  ...["cache-control", "pragma", "upgrade-insecure-requests", "dnt", "sec-gpc", "referer", "priority", "te"],
  ...["sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-fetch-user"],
  ...["sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform"],
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
 * are new each time.
 */
export class KeptPages {
  readonly #pages = new Map<string, Kept>();
  /** Pages that are being made; each tells whether it was kept. */
  readonly #making = new Map<string, Promise<boolean>>();

  constructor(private readonly changes: Pick<DatabaseVersion, "now">) {}

  /** Answers with a kept page, or has `make` answer and keeps what that sent. @throws what `make` throws */
  async answer(request: IncomingMessage, response: ServerResponse, make: () => Promise<void>): Promise<void> {
    const url = request.url ?? "/";
    if (!isForAnybody(request, url)) return make();
    // Where the database does not answer the page says so itself.
    const version = await this.changes.now().catch(() => undefined);
    if (version === undefined) return make();
    for (;;) {
      const kept = this.#pages.get(url);
      if (kept && kept.version >= version && Date.now() - kept.at < longestMs)
        return send(kept.page, request, response);
      // Many want a page in the moment it has become too old: one makes it, and the others do not pile up.
      const making = this.#making.get(url);
      if (!making) break;
      if (!(await making)) return make();
    }
    const made = this.#make(url, version, response, make);
    this.#making.set(
      url,
      made.then(
        (isKept) => isKept,
        () => false,
      ),
    );
    try {
      await made;
    } finally {
      this.#making.delete(url);
    }
  }

  async #make(
    url: string,
    version: number,
    response: ServerResponse,
    make: () => Promise<void>,
  ): Promise<boolean> {
    const sent = copyOf(response);
    await make();
    const page = pageOf(response, await sent);
    this.#pages.delete(url);
    if (!page) return false;
    this.#pages.set(url, { version, at: Date.now(), page });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    return true;
  }
}

/** A proof is asked of the ledger, whose word may change without the database's. */
const proof = new RegExp(
  Object.values(pathnames["/[municipality]/verify/[transaction]"])
    .map((path) => `${path.replaceAll(/\[\w+\]/g, "[^/]+")}$`)
    .join("|"),
);

/** Pages have neither an extension nor, to be kept, a question. */
function isForAnybody(request: IncomingMessage, url: string): boolean {
  return (
    request.method === "GET" &&
    /^\/(?!_next\/|api\/)[^?.]{0,300}$/.test(url) &&
    !proof.test(url) &&
    Object.keys(request.headers).every((name) => harmless.has(name))
  );
}

/** Everything that is sent as the body from now on; undefined when it is cut off or too large. */
function copyOf(response: ServerResponse): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  const keep = (chunk: unknown) => {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    if (!(bytes instanceof Uint8Array)) return;
    length += bytes.length;
    if (length <= largestBytes) chunks.push(Buffer.from(bytes));
  };
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.write = ((...args: unknown[]) => {
    keep(args[0]);
    return write(...args);
  }) as ServerResponse["write"];
  response.end = ((...args: unknown[]) => {
    keep(args[0]);
    return end(...args);
  }) as ServerResponse["end"];
  return new Promise((resolve) => {
    response.once("finish", () => resolve(length <= largestBytes ? Buffer.concat(chunks) : undefined));
    response.once("close", () => resolve(undefined));
  });
}

/** Undefined for what is no page that anybody may get: a failure, a cookie, another type, an error in a part of it. */
function pageOf(response: ServerResponse, sent: Buffer | undefined): Page | undefined {
  const headers = response.getHeaders();
  const { "content-type": type, "content-encoding": encoding, "content-security-policy": policy } = headers;
  const nonce = /'nonce-([\w-]+)'/.exec(String(policy))?.[1];
  if (!sent || response.statusCode !== 200 || headers["set-cookie"] || !nonce) return undefined;
  if (!String(type).startsWith("text/html") || (encoding !== undefined && encoding !== "gzip"))
    return undefined;
  const html = (encoding ? gunzipSync(sent) : sent).toString();
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
