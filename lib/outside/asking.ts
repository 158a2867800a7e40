/** One request to an address that somebody else named, within bounds: where to, how long, how much. */
import { lookup } from "node:dns";
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { followable, isWithin, type Reach } from "./addresses";
import { Unreachable } from "./unreachable";

export type Question = {
  method?: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
};

export type Limits = {
  reach: Reach;
  /** Of the answer. */
  bytes: number;
  until: AbortSignal;
};

export type OutsideAnswer = { status: number; headers: IncomingHttpHeaders; text: string };

/** Redirections are not followed: whoever answers is who was asked. @throws Unreachable */
export async function ask(
  address: string,
  { method = "GET", headers = {}, body }: Question,
  { reach, bytes: most, until }: Limits,
): Promise<OutsideAnswer> {
  const url = followable(address, reach);
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-length": Buffer.byteLength(body) }) },
    signal: until,
    lookup: guardedLookup(reach),
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => reject(new Unreachable(why));
    const asked = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > most) {
          refuse("too long");
          asked.destroy();
        } else parts.push(part);
      });
      response.on("error", () => refuse("the answer broke off"));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    asked.on("error", (error: NodeJS.ErrnoException) => refuse(error.code ?? "no answer"));
    asked.end(body);
  });
}

/** Resolves a name once, for the very connection that is made: a name that changes its number meanwhile gains nothing. */
function guardedLookup(reach: Reach): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, "", 0);
      const [first] = found;
      if (!first || !found.every(({ address }) => isWithin(reach, address)))
        return done(Object.assign(new Error("a private network"), { code: "EPRIVATE" }), "", 0);
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
