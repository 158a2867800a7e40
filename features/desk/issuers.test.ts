import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { PartRefusal } from "@/lib/part-refusal";
import { createPartServer, json } from "@/services/sealed/http";
import { markOnPaper } from "./issuers";

const folder = await mkdtemp(join(tmpdir(), "cocity-issuers-"));
vi.stubEnv("SEALED_SOCKETS", folder);

/** What the Comune's issuer answers and what that of the Case does; the third has no socket. */
const answers: Record<string, PartRefusal | undefined> = {};
const asked: unknown[] = [];
const servers = (["issuer-comune", "issuer-case"] as const).map((name) => ({
  name,
  server: createPartServer([
    {
      method: "POST",
      path: /^\/v1\/paper$/,
      limit: 1_000,
      handle({ body }) {
        asked.push(JSON.parse(body.toString()));
        const refusal = answers[name];
        if (refusal) throw refusal;
        return json({ marked: true });
      },
    },
  ]),
}));
beforeAll(async () => {
  for (const { name, server } of servers)
    await once(server.listen(join(folder, `${name}.sock`)), "listening");
});
afterAll(async () => {
  for (const { server } of servers) server.close();
  await rm(folder, { recursive: true });
});

const somebody = { round: "round", fiscalHash: "f".repeat(64) };
const mark = () => markOnPaper(somebody.round, somebody.fiscalHash);

test("each issuer says by itself whether it has marked somebody, and one that is away takes nothing from the others", async () => {
  answers["issuer-case"] = new PartRefusal(409, "already_issued");
  expect(await mark()).toEqual({ Comune: "marked", Case: "issued", Garanti: "away" });
  expect(asked).toEqual([somebody, somebody]);
});

test("whom no two organisations vouch for is not marked, and another refusal is no answer", async () => {
  answers["issuer-comune"] = new PartRefusal(403, "not_vouched");
  answers["issuer-case"] = new PartRefusal(429, "too_many");
  expect(await mark()).toEqual({ Comune: "not_vouched", Case: "away", Garanti: "away" });
});
