/** The story of one commons on a ledger, through the gateway: an embedded one, or what CHAINCODE_CONNECTION names. */
import "reflect-metadata";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { withOrdered } from "@/chaincode/testing/pact-story";
import { people, person, smallComune, torino } from "@/chaincode/testing/people";
import { voters } from "@/chaincode/testing/story";
import { EVENT_NAME, Event } from "@/protocol/events";
import { records } from "@/protocol/records";
import { foundingOnLedger } from "./founding";
import { LedgerCity, refusalOf } from "./ledger-city";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const stranger = person("a-service-elsewhere", "service", "Comune", smallComune);
let city: LedgerCity;
const paid = { id: "payment-1", reference: "CRO 4567", on: "2026-02-16", documentHash: digest("receipt") };

beforeAll(async () => {
  city = await LedgerCity.founded();
  await withOrdered(city);
});
afterAll(() => city?.close());

test("ends with a milestone paid, and events that tell all of it", async () => {
  await city.submit(people.treasurer, "payments:recordPaid", paid);
  expect(await city.record("payment", "payment-1")).toMatchObject({ state: "paid", amountCents: 600_000 });
  expect(await city.record("budget_line", "line-2026")).toMatchObject({
    budgetCents: 5_000_000,
    committedCents: 1_000_000,
    acceptedCents: 600_000,
    paidCents: 600_000,
  });

  const { network } = await city.session(people.service);
  const events = await network.getChaincodeEvents(city.connection.chaincode, { startBlock: 0n });
  const latest = new Map<string, unknown>();
  for await (const { eventName, payload } of events) {
    expect(eventName).toBe(EVENT_NAME);
    const event = Event.parse(JSON.parse(Buffer.from(payload).toString("utf8")));
    for (const { type, idParts, record } of event.entries) {
      records[type as keyof typeof records].parse(record);
      latest.set([type, ...idParts].join("/"), record);
    }
    if (event.transaction === "payments:recordPaid") break;
  }
  events.close();
  for (const name of [
    "payment/payment-1",
    "commitment/commitment-1",
    "pact/pact-garden",
    "proposal/garden",
  ]) {
    const [type = "", id = ""] = name.split("/");
    expect(await city.record(type as "payment", id)).toEqual(latest.get(name));
  }
});

test("a record's history is every state it had, newest first", async () => {
  const states = (await city.ask(people.service, "records:history", {
    municipality: torino,
    type: "pact",
    idParts: ["pact-garden"],
  })) as { txId: string; timestamp: string; record: { state: string } }[];
  expect(states.map(({ record }) => record.state)).toEqual([
    "active",
    "signed",
    "signed",
    "signed",
    "giunta_approved",
    "giunta_approved",
    "draft",
  ]);
  for (const { txId, timestamp } of states) {
    expect(txId).toMatch(/^[0-9a-f]{64}$/);
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
  }
});

test("records are listed page by page", async () => {
  const list = { municipality: torino, type: "admission" as const, prefix: ["round-2026"], pageSize: 2 };
  const found: string[] = [];
  let bookmark = "";
  do {
    const page = (await city.ask(people.service, "records:list", { ...list, bookmark })) as {
      records: { key: string }[];
      bookmark: string;
    };
    expect(page.records.length).toBeLessThanOrEqual(2);
    found.push(...page.records.map(({ key }) => key));
    bookmark = page.bookmark;
  } while (bookmark !== "");
  expect(found).toEqual(voters.map(({ publicKey }) => publicKey).sort());
});

test("a bookmark of another list is refused", async () => {
  const list = { municipality: torino, type: "admission" as const, prefix: ["round-2026"], pageSize: 2 };
  for (const bookmark of ["\x000000\0", "\x001272\0day\0day\0", "x"]) {
    const refused = await refusalOf(city.ask(people.service, "records:list", { ...list, bookmark }));
    expect(refused).toMatchObject({ code: "invalid_input", params: { path: "bookmark" } });
  }
});

test("a refusal reaches the client with its code and what fills the sentence", async () => {
  const refusal = await city.refused(people.treasurer, "payments:recover", {
    id: "payment-1",
    amountCents: 600_001,
    reference: "R 1",
    documentHash: digest("recovery"),
  });
  expect(refusal).toMatchObject({ code: "over_accepted", params: { limitCents: 600_000 } });
  expect((await city.refused(people.officer, "payments:recordPaid", paid)).code).toBe("wrong_role");
  const false_ = person("false-officer", "responsible_officer", "Case");
  expect((await city.refused(false_, "proposals:publish", { id: "garden" })).code).toBe("key_unknown");
});

test("a command sent again is done once", async () => {
  const command = "0b54e8f0-6e8a-4f0c-9f52-0f4c0e9a1d3e";
  const adhesion = { command, id: "adhesion-1", proposal: "garden", kind: "support" as const };
  const { txId } = await city.submit(people.neighbour, "proposals:adhere", adhesion);
  expect(await city.refused(people.neighbour, "proposals:adhere", adhesion)).toMatchObject({
    code: "already_done",
    params: { txId },
  });
});

test("one municipality neither writes nor reads another's", async () => {
  await city.submit(stranger, "municipality:found", foundingOnLedger(undefined, smallComune));
  expect(
    (await city.refused(stranger, "municipality:advanceDay", { municipality: torino, day: "2026-03-01" }))
      .code,
  ).toBe("wrong_municipality");
  const question = { municipality: torino, type: "pact" as const, idParts: ["pact-garden"] };
  expect((await refusalOf(city.ask(stranger, "records:get", question))).code).toBe("wrong_municipality");
  const own = { ...question, municipality: smallComune };
  expect(await city.ask(stranger, "records:get", own)).toBeNull();
});
