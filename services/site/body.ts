import { randomBytes } from "node:crypto";
import { IncomingMessage } from "node:http";
import { type FormLimits, readMultipart, readUrlEncoded, writeMultipart } from "./form";
import { checkForm, checkReply } from "./form-shape";
import { Refusal } from "./refusal";

export type BodyLimits = FormLimits & { bytes: number };

/** Without a byte for so long, or not whole after so long, a body is given up. */
const LONGEST_SILENCE_MS = 20_000;
const LONGEST_RECEPTION_MS = 280_000;

/**
 * The whole body.
 * @param count is told of every byte that is held; what it throws ends the reception
 * @throws Refusal for a body that is too large or comes too slowly
 */
export function receive(
  request: IncomingMessage,
  most: number,
  count: (bytes: number) => void,
): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > most) throw new Refusal(413, "form_too_large");
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const slow = () => end(new Refusal(408, "too_slow"));
    const whole = setTimeout(slow, LONGEST_RECEPTION_MS);
    let silence = setTimeout(slow, LONGEST_SILENCE_MS);
    function end(refusal?: unknown) {
      clearTimeout(whole);
      clearTimeout(silence);
      request.off("data", keep);
      if (refusal) reject(refusal);
      else resolve(Buffer.concat(chunks));
    }
    function keep(chunk: Buffer) {
      clearTimeout(silence);
      silence = setTimeout(slow, LONGEST_SILENCE_MS);
      length += chunk.length;
      try {
        if (length > most) throw new Refusal(413, "form_too_large");
        count(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        end(error);
      }
    }
    request.on("data", keep);
    request.once("end", () => end());
    request.once("close", () => end(new Refusal(400, "form_not_readable")));
    request.once("error", () => end(new Refusal(400, "form_not_readable")));
  });
}

/**
 * The body as the site's pages get it, checked and written anew.
 * @throws Refusal for what no form of this site sends
 */
export async function readBody(
  request: IncomingMessage,
  body: Buffer,
  limits: BodyLimits,
): Promise<{ type: string; body: Buffer }> {
  const type = request.headers["content-type"] ?? "";
  if (/^multipart\/form-data\s*;/i.test(type)) {
    const entries = await readMultipart(body, type, limits);
    checkForm(entries);
    const boundary = `form-${randomBytes(16).toString("hex")}`;
    return {
      type: `multipart/form-data; boundary=${boundary}`,
      body: writeMultipart(entries, boundary),
    };
  }
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    const entries = readUrlEncoded(body, limits);
    checkForm(entries);
    const form = new URLSearchParams(entries.map(({ name, value }) => [name, String(value)]));
    return { type: "application/x-www-form-urlencoded", body: Buffer.from(form.toString()) };
  }
  // React sends arguments without a form or a file as one text.
  if (request.headers["next-action"] && /^text\/plain\b/i.test(type)) {
    checkReply(body.toString(), false);
    return { type: "text/plain;charset=UTF-8", body };
  }
  throw new Refusal(415, "form_not_readable");
}

/** The request once more, with a body that has been received. */
export function withBody(request: IncomingMessage, type: string, body: Buffer): IncomingMessage {
  const again = new IncomingMessage(request.socket);
  const { method, httpVersion, httpVersionMajor, httpVersionMinor, url } = request;
  const headers: IncomingMessage["headers"] = { ...request.headers, "content-type": type };
  delete headers["transfer-encoding"];
  delete headers.expect;
  headers["content-length"] = String(body.length);
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one) => [name, one]),
  );
  Object.assign(again, { method, httpVersion, httpVersionMajor, httpVersionMinor, url, rawHeaders });
  again.headers = headers;
  again.push(body);
  again.push(null);
  again.complete = true;
  return again;
}
