import type { IncomingMessage, ServerResponse } from "node:http";
import { digestLimitMegabytes } from "@/features/verification/rules";
import english from "@/messages/en.json";
import italian from "@/messages/it.json";
import { discard, languageOf } from "./refusal";

const MEGABYTE = 1_000_000;
/** What a form may hold; a file a little too large still comes through, and is refused beside its field. */
const formMegabytes = 12;
const fileMegabytes = 10;
/** Beyond this nobody sends a file by mistake: the connection is closed whether the answer was read or not. */
const MOST_READ_BYTES = 1_000 * MEGABYTE;
const LONGEST_MS = 290_000;

/**
 * Answers a request whose body is announced as far too large before it comes, in a sentence and the language of the
 * page: Next would cut it and fail over the rest. The answer is there before the body; a client that listens stops
 * sending. Browsers read it only when they have sent all: the rest is thrown away as it comes, because to a
 * connection that is closed on them they answer with an error page of their own.
 * @returns whether it answered
 */
export function refuseTooLarge(request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? "/", "http://site");
  const isDigest = /^\/api\/uploads\/[^/]+\/digest$/.test(url.pathname);
  const limit = isDigest ? digestLimitMegabytes : fileMegabytes;
  const most = isDigest ? digestLimitMegabytes + 1 : formMegabytes;
  if (!(Number(request.headers["content-length"] ?? 0) > most * MEGABYTE)) return false;
  const { status, headers, body } = answer(url, request, limit);
  response.writeHead(status, {
    ...headers,
    "content-length": Buffer.byteLength(body),
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    connection: "close",
  });
  response.write(body);
  discard(request, { bytes: MOST_READ_BYTES, milliseconds: LONGEST_MS }, () => response.end());
  return true;
}

function answer(url: URL, request: IncomingMessage, limit: number) {
  const language = languageOf(request.url ?? "/");
  const words = language === "en" ? english : italian;
  const sentence = words.errors.file_too_large.replace("{limit}", String(limit));
  if (request.headers.accept?.includes("application/json"))
    return {
      status: 413,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code: "file_too_large", sentence }),
    };
  const back = pageOf(url, language);
  if (back) return { status: 303, headers: { location: back(limit) }, body: "" };
  const { title, back: goBack } = words.ui.tooLarge;
  return {
    status: 413,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><main><h1>${title}</h1><p>${sentence}</p><p>${goBack}</p></main></html>`,
  };
}

/** Where a form for files alone leads back to with the code of the sentence; other forms are kept by going back. */
function pageOf(url: URL, language: "it" | "en"): ((limit: number) => string) | undefined {
  const [, municipality] = /^\/api\/uploads\/([\w-]+)/.exec(url.pathname) ?? [];
  if (!municipality) return undefined;
  const asked = url.searchParams.get("ritorno");
  const path = asked && /^\/(?![/\\])[^?#\r\n]*$/.test(asked) ? escaped(asked) : undefined;
  const verify = language === "en" ? `/en/${municipality}/verify` : `/${municipality}/verifica`;
  return (limit) => `${path ?? verify}?file=file_too_large&limite=${limit}#files`;
}

/** Undefined for a path whose escapes are no text. */
function escaped(path: string): string | undefined {
  try {
    return encodeURI(decodeURI(path));
  } catch {
    return undefined;
  }
}
