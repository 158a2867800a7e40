/** A file out of a multipart request, as a stream: nothing of it is held in memory. */
import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import Busboy, { type BusboyFileStream } from "@fastify/busboy";
import { InvalidInputError } from "@/lib/errors";

export type StreamedFile = {
  name: string;
  stream: Readable;
  /** Bytes the sender said the file has, in a field `size` before it. */
  announced?: number;
};

/**
 * Hands the one file of a request to `use`, which must read its stream to the end.
 * @returns what `use` returned, and whether all announced bytes of the request came
 * @throws InvalidInputError where there is no file, or the request is not multipart
 */
export async function streamFile<T>(
  request: Request,
  use: (file: StreamedFile) => Promise<T>,
): Promise<{ result: T; whole: boolean }> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!request.body || !/^multipart\/form-data\b/i.test(contentType)) throw missing();
  const parser = new Busboy({
    headers: { "content-type": contentType },
    limits: { files: 1, fields: 10, fieldSize: 1000, headerPairs: 50 },
  });
  let announced: number | undefined;
  let using: Promise<T> | undefined;
  let reading: BusboyFileStream | undefined;
  parser.on("field", (name, value) => {
    if (name === "size" && /^\d{1,12}$/.test(value)) announced = Number(value);
  });
  parser.on("file", (_, stream: BusboyFileStream, name) => {
    if (!name) {
      stream.resume();
      return;
    }
    reading = stream;
    using = use({ name: asTyped(name), stream, ...(announced !== undefined && { announced }) });
    // Told below, once the request has been read.
    using.catch(() => {});
  });
  let received = 0;
  const counter = new PassThrough();
  counter.on("data", (chunk: Buffer) => {
    received += chunk.length;
  });
  const complete = await pipeline(
    Readable.fromWeb(request.body as NodeStream<Uint8Array>),
    counter,
    parser,
  ).then(
    () => true,
    () => false,
  );
  // The parser never ends the file of a request that broke off: whoever reads it would wait for ever.
  if (!complete) reading?.destroy(new Error("the request broke off"));
  if (!using) throw missing();
  const result = await using;
  const length = request.headers.get("content-length");
  return { result, whole: complete && (length === null || Number(length) === received) };
}

/** Reads a body to its end without keeping it, so that the sender listens to the answer; gives up after `most` bytes. */
export async function drain(request: Request, most: number): Promise<void> {
  // A body that was being parsed has been read to its end by the parser.
  if (!request.body || request.body.locked || request.bodyUsed) return;
  const reader = request.body.getReader();
  let read = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    read += value?.length ?? 0;
    if (done) return;
    if (read > most) {
      await reader.cancel().catch(() => {});
      return;
    }
  }
}

/** SHA-256 of a stream, hexadecimal, of which nothing is kept; undefined where it is longer than `most` bytes. */
export async function digestOf(stream: Readable, most: number): Promise<string | undefined> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) hash.update(chunk);
  }
  return size <= most ? hash.digest("hex") : undefined;
}

/** Browsers write a quotation mark and the ends of lines in a file's name as percent-encodings, and only these. */
function asTyped(name: string): string {
  return name.replace(/%(22|0D|0A)/gi, (encoded) => decodeURIComponent(encoded));
}

function missing(): InvalidInputError {
  return new InvalidInputError({ file: "file_missing" }, "file_missing");
}
