/** How a part of sealed rounds is asked, by another one or by the site: over a private socket on one machine, over HTTPS between organisations. */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { PartRefusal } from "./part-refusal";

/** The other part does not answer, or not as a part does. */
export class PartAway extends Error {
  override readonly name = "PartAway";
}

const PATIENCE_MS = 20_000;

/** @param target path of a socket, or the origin of a server */
export class PartClient {
  constructor(
    private readonly target: string,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** @throws PartRefusal with the other part's code, or PartAway */
  ask(method: "GET" | "POST", path: string, body: Uint8Array | string = ""): Promise<Buffer> {
    const isSocket = !/^https?:\/\//.test(this.target);
    const options = {
      method,
      headers: { "content-length": Buffer.byteLength(body) },
      timeout: this.patienceMs,
    };
    return new Promise((resolve, reject) => {
      const away = (error: Error) => reject(new PartAway(error.message));
      const asked = isSocket
        ? httpRequest({ ...options, socketPath: this.target, path })
        : (this.target.startsWith("https:") ? httpsRequest : httpRequest)(
            new URL(path, this.target),
            options,
          );
      asked.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", away);
        response.on("end", () => {
          const answer = Buffer.concat(chunks);
          const status = response.statusCode ?? 0;
          if (status === 200) resolve(answer);
          else if (status >= 400 && status < 500) reject(refusal(status, answer));
          else reject(new PartAway(`answered ${status}`));
        });
      });
      asked.on("timeout", () => asked.destroy(new Error("no answer")));
      asked.on("error", away);
      asked.end(body);
    });
  }

  async json(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown> {
    const answer = await this.ask(method, path, body === undefined ? "" : JSON.stringify(body));
    try {
      return JSON.parse(answer.toString("utf8"));
    } catch {
      throw new PartAway("answered something else than JSON");
    }
  }
}

function refusal(status: number, answer: Buffer): Error {
  try {
    const { code, ...more } = JSON.parse(answer.toString("utf8")) as { code: string };
    return new PartRefusal(status, String(code), more);
  } catch {
    return new PartAway(`answered ${status}`);
  }
}
