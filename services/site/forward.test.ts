import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Duplex } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { forward } from "./forward";

let server: Server;
afterEach(() => new Promise((closed) => server.close(closed)));

/** A site that hands everything on. @returns its address */
async function site(upstream: Parameters<typeof forward>[2]): Promise<string> {
  server = createServer((request, response) => void forward(request, response, upstream));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/trial-id/choice/a?b=c`;
}

/** A connection whose other end answers what it first gets, and is gone. */
function answersOnce(received: Buffer[]): Duplex {
  const take = (chunks: Buffer[], done: (error?: Error) => void) => {
    if (received.length > 0) return done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    received.push(Buffer.concat(chunks));
    // As a connection that is only being made: what is written meanwhile comes after.
    setImmediate(done);
    setTimeout(() => {
      connection.push("HTTP/1.1 303 See Other\r\nlocation: /torino\r\nconnection: close\r\n\r\n");
      connection.push(null);
    }, 20);
  };
  const connection = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => take([chunk], done),
    writev: (chunks, done) =>
      take(
        chunks.map(({ chunk }) => chunk as Buffer),
        done,
      ),
  });
  return connection;
}

describe("a request that is handed on", () => {
  it.each([
    ["GET", undefined],
    ["POST", new URLSearchParams({ account: "giulia" })],
  ])("by %s goes in one piece to a server that answers and closes", async (method, body) => {
    const received: Buffer[] = [];
    const address = await site({ createConnection: () => answersOnce(received) });
    const response = await fetch(address, { method, redirect: "manual", ...(body && { body }) });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/torino");
    const [text] = received.map(String);
    expect(text).toMatch(new RegExp(`^${method} /trial-id/choice/a\\?b=c HTTP/1.1\r\n`));
    expect(text?.endsWith(`\r\n\r\n${body ?? ""}`)).toBe(true);
  });

  it("to a server that is not there is answered with 502", async () => {
    const address = await site({ socketPath: "/nowhere/identity.sock" });
    expect((await fetch(address)).status).toBe(502);
  });
});
