import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/log";
import { requestHeaders } from "@/lib/request-headers";
import english from "@/messages/en.json";
import italian from "@/messages/it.json";

export type RefusalCode = keyof typeof italian.ui.refused.sentences;

/** A request that the site does not pass on to its pages, with the code of the sentence that says why. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly status: number,
    readonly code: RefusalCode,
    readonly options: {
      /** Fill the sentence. */
      params?: Readonly<Record<string, string>>;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(code);
  }
}

/** What is still to come of a body that nobody wants: a browser reads the answer only when it has sent all. */
const MOST_DISCARDED_BYTES = 16_000_000;
const LONGEST_DISCARD_MS = 10_000;

/** Answers in the language of the page, with the id under which the refusal is logged. */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const id = idOf(request);
  const { status, code, options } = refusal;
  log.info({ requestId: id, code, status, method: request.method }, "request refused");
  answer(request, response, { id, status, code, ...options });
}

/** Answers where the site itself failed; logs the error once. An answer that has begun is broken off. */
export function fail(request: IncomingMessage, response: ServerResponse, status: 500 | 502, error: unknown) {
  const id = idOf(request);
  log.error({ requestId: id, err: error, method: request.method }, "the site failed to answer");
  answer(request, response, { id, status, code: "failed" });
}

function idOf(request: IncomingMessage): string {
  return String(request.headers[requestHeaders.id] ?? randomUUID());
}

type Answer = { id: string; status: number; code: RefusalCode } & Refusal["options"];

function answer(request: IncomingMessage, response: ServerResponse, { id, status, code, ...more }: Answer) {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const language = languageOf(request.url ?? "/");
  const { type, body } = bodyOf(request, language, code, { id, ...more.params });
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "content-language": language,
    "cache-control": "no-store",
    [requestHeaders.id]: id,
    ...more.headers,
    ...(!request.complete && { connection: "close" }),
  });
  if (request.complete) {
    response.end(request.method === "HEAD" ? "" : body);
    return;
  }
  response.write(body);
  discard(request, { bytes: MOST_DISCARDED_BYTES, milliseconds: LONGEST_DISCARD_MS }, () => response.end());
}

function bodyOf(
  request: IncomingMessage,
  language: "it" | "en",
  code: RefusalCode,
  params: Readonly<Record<string, string>>,
): { type: string; body: string } {
  const words = (language === "en" ? english : italian).ui.refused;
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
  const sentence = fill(words.sentences[code]);
  const accept = request.headers.accept ?? "";
  if (accept.includes("application/json"))
    return { type: "application/json", body: JSON.stringify({ code, sentence, id: params.id }) };
  if (request.headers["next-action"] || accept.includes("text/x-component"))
    return { type: "text/plain; charset=utf-8", body: `${sentence} ${fill(words.id)}` };
  return {
    type: "text/html; charset=utf-8",
    body: `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title}</title><main><h1>${words.title}</h1><p>${escaped(sentence)}</p><p>${escaped(fill(words.id))}</p></main></html>`,
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The language of a page by its address, or by what an interface for programs is told. */
export function languageOf(url: string): "it" | "en" {
  const [path = "/", query = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  const asked = parameters.get("lingua") ?? parameters.get("ritorno") ?? path;
  return asked === "en" || /^\/en(\/|$)/.test(asked) ? "en" : "it";
}

/** Reads what is left of a body without keeping it, up to so many bytes and for so long. */
export function discard(
  request: IncomingMessage,
  most: { bytes: number; milliseconds: number },
  done: () => void,
): void {
  let read = 0;
  let finished = false;
  const timer = setTimeout(finish, most.milliseconds);
  function finish() {
    if (finished) return;
    finished = true;
    clearTimeout(timer);
    request.off("data", count);
    done();
  }
  function count(chunk: Buffer) {
    read += chunk.length;
    if (read > most.bytes) finish();
  }
  request.on("data", count);
  for (const event of ["end", "error", "close"]) request.once(event, finish);
  request.resume();
}
