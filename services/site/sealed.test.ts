import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Refusal } from "./refusal";
import { forwardSealed, isSealed, sealedTarget } from "./sealed";

let folder: string;
let part: Server;
let site: Server;
let asked: { url: string; headers: IncomingHttpHeaders; body: string } | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-front-"));
  asked = undefined;
  part = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    asked = { url: request.url ?? "", headers: request.headers, body };
    response.setHeader("set-cookie", "part=1");
    response.setHeader("x-part", "1");
    response.writeHead(403, { "content-type": "application/json" }).end('{"code":"ended"}');
  });
  await new Promise<void>((resolve) => part.listen(join(folder, "relay.sock"), resolve));
  site = createServer((request, response) => {
    const target = sealedTarget(request.url ?? "", folder);
    if (!target) return void response.writeHead(404).end();
    forwardSealed(request, response, target).catch((error: unknown) => {
      response.writeHead(error instanceof Refusal ? error.status : 500).end();
    });
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  for (const server of [site, part]) {
    server.close();
    server.closeAllConnections();
  }
  await rm(folder, { recursive: true });
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${(site.address() as AddressInfo).port}${path}`, init);

describe("what the parts of sealed rounds are asked under the site's address", () => {
  it("goes to them without cookie and credentials, and comes back without a cookie", async () => {
    const answer = await ask("/sealed/relay/v1/rounds/r/posts?x=1", {
      method: "POST",
      body: "post",
      headers: {
        cookie: "session=1",
        authorization: "Bearer 1",
        "x-forwarded-for": "192.0.2.1",
        "user-agent": "b",
      },
    });
    expect([answer.status, await answer.json()]).toEqual([403, { code: "ended" }]);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("x-part")).toBeNull();
    expect(asked).toMatchObject({ url: "/v1/rounds/r/posts?x=1", body: "post" });
    expect(asked?.headers["x-forwarded-for"]).toBe("192.0.2.1");
    for (const name of ["cookie", "authorization", "user-agent"])
      expect(asked?.headers[name]).toBeUndefined();
  });

  it("is no longer than a post can be", async () => {
    const answer = await ask("/sealed/relay/v1/x", { method: "POST", body: "x".repeat(80_000) }).catch(
      () => undefined,
    );
    expect(answer?.status ?? 413).toBe(413);
    expect(asked).toBeUndefined();
  });

  it("reaches no copy-keeper, no opener and nobody else's socket", () => {
    for (const path of [
      "/sealed/copy-keeper/v1/posts",
      "/sealed/opener/v1/x",
      "/sealed/issuer/4/v1",
      "/sealed/relay",
      "/sealed/../relay/x",
    ])
      expect([isSealed(path), sealedTarget(path, folder)]).toEqual([false, undefined]);
    expect(sealedTarget("/sealed/issuer/2/v1/enrolments", folder)?.socketPath).toBe(
      join(folder, "issuer-case.sock"),
    );
    expect(sealedTarget("/sealed/relay/v1", undefined)).toBeUndefined();
  });
});
