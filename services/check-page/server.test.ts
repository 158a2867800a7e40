import { createHash } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCheckPage } from "./server";

const site = "https://co-city.example";
const programs = [Buffer.from("the program of today"), Buffer.from("the program of before")];
let server: Server;
let origin = "";

beforeAll(async () => {
  server = createCheckPage({ site, script: Buffer.from("the script"), programs });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = (path: string, init?: RequestInit) => fetch(origin + path, init);

test("a round's page asks the site alone, runs scripts of its own alone, and sets no cookie", async () => {
  const answer = await ask("/torino/9f1c8e7a-0000-4000-8000-000000000001");
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toContain(`connect-src 'self' ${site};`);
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(answer.headers.get("set-cookie")).toBeNull();
  const text = await answer.text();
  expect(text).toContain('lang="it"');
  expect(text).toContain(`"site":"${site}/api/sealed/torino/9f1c8e7a-0000-4000-8000-000000000001"`);
  const english = await ask("/torino/round", { headers: { "accept-language": "en-GB,en" } });
  expect(await english.text()).toContain('lang="en"');
});

test("each program is found by its digest, and nothing else is", async () => {
  for (const program of programs) {
    const digest = createHash("sha256").update(program).digest("hex");
    expect(await (await ask(`/program/${digest}.js`)).text()).toBe(program.toString());
  }
  const others = [`/program/${"0".repeat(64)}.js`, "/", "/torino", "/torino/a/b", "/torino/%3Cscript%3E"];
  for (const path of others) expect([path, (await ask(path)).status]).toEqual([path, 404]);
  expect((await ask("/torino/round", { method: "POST" })).status).toBe(405);
});
