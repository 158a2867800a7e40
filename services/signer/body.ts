import type { IncomingMessage } from "node:http";

export class BodyTooLong extends Error {
  override readonly name = "BodyTooLong";
}

/** A request's body as text. @throws BodyTooLong beyond `longest` bytes, without reading on */
export async function readBody(request: IncomingMessage, longest: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) throw new BodyTooLong(`more than ${longest} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
