import { createServer, type IncomingHttpHeaders, type RequestListener, request } from "node:http";
import { type Duplex, duplexPair } from "node:stream";

/** A whole answer, held in memory. */
export type Rendered = { status: number; headers: IncomingHttpHeaders; body: Buffer };

const LONGEST_MS = 20_000;

/**
 * Asks `answer` for pages within this process, as a visitor would of whom nothing is known: what is answered depends
 * on the address alone.
 * @returns what renders a path; undefined where the answer is larger than `most` bytes or breaks off
 */
export function innerRequests(
  answer: RequestListener,
  host: string,
  most: number,
): (path: string) => Promise<Rendered | undefined> {
  const server = createServer(answer);
  return (path) =>
    new Promise((resolve) => {
      const [here, there] = duplexPair();
      server.emit("connection", there);
      const end = (rendered?: Rendered) => {
        resolve(rendered);
        here.destroy();
        there.destroy();
      };
      const headers = { host, accept: "text/html", connection: "close" };
      const createConnection = () => here as Duplex;
      const asked = request({ path, headers, createConnection, timeout: LONGEST_MS }, (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on("data", (chunk: Buffer) => {
          length += chunk.length;
          if (length > most) end();
          else chunks.push(chunk);
        });
        response.on("end", () =>
          end({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) }),
        );
        response.on("error", () => end());
        response.on("close", () => end());
      });
      const limit = setTimeout(end, LONGEST_MS);
      asked.on("error", () => end());
      asked.on("close", () => clearTimeout(limit));
      asked.end();
    });
}
