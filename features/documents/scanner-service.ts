/** The virus scanner of the installation, ClamAV's `clamd`, where `CLAMAV_SOCKET` names its socket. */
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { env } from "@/lib/env";
import { InvalidInputError, UnavailableError } from "@/lib/errors";
import { log } from "@/lib/log";

/** `off`: none is configured, and files are kept unscanned. */
export type ScannerState = "off" | "ok" | "unreachable";

const LONGEST_SCAN_MS = 30_000;
const LONGEST_PING_MS = 2_000;
/** An answer is one line: the name of the stream and what was found. */
const MOST_ANSWER_BYTES = 4_096;

/** Whether files are scanned, for whoever watches the site. */
export async function scannerState(): Promise<ScannerState> {
  if (env.CLAMAV_SOCKET === undefined) return "off";
  const answer = await ask(env.CLAMAV_SOCKET, "PING", [], LONGEST_PING_MS).catch(() => undefined);
  return answer === "PONG" ? "ok" : "unreachable";
}

/**
 * Shows a file to the scanner, where there is one.
 * @throws InvalidInputError on `field` for a file in which something was found; UnavailableError where the scanner
 * does not answer in time, or says anything but that the file is clean
 */
export async function scanFile(path: string, field: string): Promise<void> {
  if (env.CLAMAV_SOCKET === undefined) return;
  const answer = await ask(env.CLAMAV_SOCKET, "INSTREAM", framed(path), LONGEST_SCAN_MS).catch(
    (error: unknown) => String(error),
  );
  if (answer === "stream: OK") return;
  log.warn({ answer }, "a file was refused by the virus scanner");
  if (/^stream: .+ FOUND$/.test(answer))
    throw new InvalidInputError({ [field]: "file_infected" }, "file_infected");
  throw new UnavailableError("file_not_scanned");
}

/** A file as `INSTREAM` takes it: pieces that each say their length in four bytes, and an empty one at the end. */
async function* framed(path: string): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    yield lengthOf(piece.length);
    yield piece;
  }
  yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** Sends one command and what belongs to it; the answer, without the zero byte that ends it. */
async function ask(
  address: string,
  command: string,
  data: Iterable<Buffer> | AsyncIterable<Buffer>,
  longestMs: number,
): Promise<string> {
  const socket = open(address);
  const limit = setTimeout(() => socket.destroy(new Error("no answer in time")), longestMs);
  try {
    await once(socket, "connect");
    // clamd may answer, and close, before it has read everything: what it said counts, not what could not be sent.
    const sending = send(socket, command, data).catch(() => {});
    const answer = await readAnswer(socket);
    socket.destroy();
    await sending;
    return answer;
  } finally {
    clearTimeout(limit);
    socket.destroy();
  }
}

function open(address: string): Socket {
  if (address.startsWith("/")) return connect(address);
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  return connect(Number(address.slice(colon + 1)), host);
}

async function send(
  socket: Socket,
  command: string,
  data: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
  socket.write(`z${command}\0`);
  await pipeline(Readable.from(data), socket, { end: false });
}

async function readAnswer(socket: Socket): Promise<string> {
  let answer = "";
  for await (const piece of socket as AsyncIterable<Buffer>) {
    answer += piece.toString("utf8");
    const end = answer.indexOf("\0");
    if (end >= 0) return answer.slice(0, end);
    if (answer.length > MOST_ANSWER_BYTES) throw new Error("an answer without end");
  }
  throw new Error("closed without an answer");
}
