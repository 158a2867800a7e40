/** Requests to members of the federation, within bounds: how many, how long, how much, and where to. */
import { lookup } from "node:dns";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { followable, isLoopbackAddress, isPublicAddress } from "./addresses";
import { FederationRefusal } from "./refusal";

export interface Bounds {
  /** Requests of one budget, for example of one trust chain. */
  readonly requests: number;
  /** Of each answer. */
  readonly bytes: number;
  /** All requests of the budget together. */
  readonly milliseconds: number;
}

export const usualBounds: Bounds = { requests: 20, bytes: 100_000, milliseconds: 10_000 };

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

interface Question {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One budget of requests. Redirections are not followed: whoever answers is who was asked. */
export class Fetching {
  #left: number;
  readonly #until: AbortSignal;

  /** @param thisMachine as {@link followable} says */
  constructor(
    private readonly thisMachine: boolean,
    private readonly bounds: Bounds = usualBounds,
  ) {
    this.#left = bounds.requests;
    this.#until = AbortSignal.timeout(bounds.milliseconds);
  }

  /** The text of an answer 200. @throws FederationRefusal `unreachable` */
  async text(address: string, question: Question = {}): Promise<string> {
    const { status, text } = await this.ask(address, question);
    if (status !== 200) throw new FederationRefusal("unreachable", `answered ${status}`);
    return text;
  }

  /** @throws FederationRefusal `unreachable` */
  async ask(address: string, { method = "GET", headers = {}, body }: Question = {}): Promise<Answer> {
    const url = followable(address, this.thisMachine);
    if (this.#left <= 0) throw new FederationRefusal("unreachable", "too many requests");
    this.#left -= 1;
    const options: RequestOptions = {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-length": Buffer.byteLength(body) }) },
      signal: this.#until,
      lookup: guardedLookup(this.thisMachine),
      agent: false,
    };
    return new Promise((resolve, reject) => {
      const refuse = (why: string) => reject(new FederationRefusal("unreachable", why));
      const asked = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, (response) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on("data", (part: Buffer) => {
          bytes += part.length;
          if (bytes > this.bounds.bytes) {
            refuse("an answer that is too long");
            asked.destroy();
          } else parts.push(part);
        });
        response.on("error", () => refuse("the answer broke off"));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            type: (response.headers["content-type"] ?? "").replace(/;.*/, "").trim().toLowerCase(),
            text: Buffer.concat(parts).toString("utf8"),
          }),
        );
      });
      asked.on("error", (error: NodeJS.ErrnoException) => refuse(error.code ?? "no answer"));
      asked.end(body);
    });
  }
}

/** Resolves a name once, for the very connection that is made: a name that changes its number meanwhile gains nothing. */
function guardedLookup(thisMachine: boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, "", 0);
      const good = found.every(
        ({ address }) => isPublicAddress(address) || (thisMachine && isLoopbackAddress(address)),
      );
      const [first] = found;
      if (!good || !first)
        return done(Object.assign(new Error("a private network"), { code: "EPRIVATE" }), "", 0);
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
