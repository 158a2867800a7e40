/** Acts through the gateway, and whoever has everything of the server but nobody's passkey. */
import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { untoldSteps } from "@/chaincode/testing/office-steps";
import { withOrdered } from "@/chaincode/testing/pact-story";
import { people, torino } from "@/chaincode/testing/people";
import { waysOfAThief } from "@/chaincode/testing/stolen-server";
import { LedgerMirror } from "./ledger-mirror";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let city: LedgerMirror;

beforeAll(async () => {
  city = await LedgerMirror.started();
  await withOrdered(city);
});
afterAll(() => city?.close());

test("the story ends with a payment that the treasurer's own act records", async () => {
  const outcome = { reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };
  await city.submit(people.treasurer, "payments:recordPaid", { id: "payment-1", ...outcome });
  expect(await city.stored("payment", "payment-1")).toMatchObject({
    ...{ state: "paid", outcome: { ...outcome, recordedBy: people.treasurer } },
  });
});

test("the ledger refuses every way, each with its reason", async () => {
  const ways = waysOfAThief.filter(({ inMemory }) => !inMemory);
  let tried = 0;
  for (const { name, actor, input } of untoldSteps) {
    const act = city.act(actor, name, { command: randomUUID(), municipality: torino, ...input });
    const tries = ways.map(async (way) => {
      const loot = { city: city.clone(), name, actor, input, act };
      if (way.fits && !way.fits(loot)) return;
      expect((await way.attempt(loot)).code, `${name} ${way.what}`).toBe(way.code);
      tried += 1;
    });
    await Promise.all(tries);
  }
  expect(tried).toBeGreaterThan(300);
});
