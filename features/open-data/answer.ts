/** How open data are answered: readable from any site, and not sent again to whoever has them already. */
import { createHash } from "node:crypto";
import { attachmentHeader } from "@/lib/attachment-header";

export type Body = string | Uint8Array<ArrayBuffer> | AsyncIterable<string>;
export type OpenFile = {
  /** With the character set where it is text. */
  type: string;
  /** Under which it is saved; absent where a program reads it in place. */
  name?: string;
  body: Body;
};

/** The state of the data: the last block about a municipality and when it was made. */
export type State = { block: bigint; time: Date };

/** @param variant what else the answer depends on: its address, and settings that shape it */
export function entityTag(state: State, variant: string): string {
  const digest = createHash("sha256").update(`${state.block} ${variant}`).digest("base64url");
  return `W/"${digest.slice(0, 22)}"`;
}

/** RFC 9110: `If-None-Match` where there is one decides alone. */
export function isUnchanged(request: Request, tag: string, time: Date): boolean {
  const tags = request.headers.get("if-none-match");
  if (tags !== null) {
    const bare = (text: string) => text.trim().replace(/^W\//, "");
    return tags.split(",").some((one) => one.trim() === "*" || bare(one) === bare(tag));
  }
  const since = Date.parse(request.headers.get("if-modified-since") ?? "");
  return Math.floor(time.getTime() / 1000) * 1000 <= since;
}

export function validators(tag: string, time: Date): Record<string, string> {
  return { etag: tag, "last-modified": time.toUTCString(), "cache-control": "no-cache", ...everySite };
}

export function answer({ type, name, body }: OpenFile, headers: Record<string, string>): Response {
  return new Response(isText(body) ? streamOf(body) : body, {
    headers: {
      ...{ "content-type": type, ...headers },
      ...(name && { "content-disposition": attachmentHeader(name) }),
    },
  });
}

/** A refusal that a program can read (RFC 9457). */
export function problem(status: 400 | 404 | 413, detail: string): Response {
  const title = { 400: "Bad request", 404: "Not found", 413: "Too large" }[status];
  return new Response(`${JSON.stringify({ status, title, detail })}\n`, {
    status,
    headers: { "content-type": "application/problem+json; charset=utf-8", ...everySite },
  });
}

const everySite = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag, Last-Modified, Content-Disposition",
  "cross-origin-resource-policy": "cross-origin",
};

function isText(body: Body): body is AsyncIterable<string> {
  return typeof body === "object" && Symbol.asyncIterator in body;
}

function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
