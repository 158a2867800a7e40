import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { attack } from "@/tests/hostile/attack";
import { closeFront, createFront } from "./front";
import { hostsOf } from "./target";

it("random hostile requests are all answered before they reach a page", async () => {
  const others = new Set<string>();
  const server = createFront({
    hosts: { ...hostsOf({ origin: "http://127.0.0.1", port: 1, allowed: [] }), others },
    proxies: new Set(),
    hasSession: ({ headers }) => headers.cookie === "session=1",
    async answer(request, response) {
      for await (const _ of request);
      response.end("passed");
    },
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  others.add(host);
  const report = await attack({
    around: {
      ...{ host, origin: "http://127.0.0.1", paths: ["/torino", "/en/torino/commons/x"], ids: ["x"] },
      actions: [{ id: "ab".repeat(21), file: "", name: "", pages: [] }],
      cookies: ["session=1", "a=b", "="],
    },
    ...{ site: process.pid, seed: 1, seconds: 5, longestMs: 20_000 },
  });
  await closeFront(server, 100);
  expect(report.faults).toEqual([]);
  expect(report.statuses["400"]).toBeGreaterThan(10);
  expect(report.statuses["200"]).toBeGreaterThan(10);
});
