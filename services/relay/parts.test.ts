/** Relay, copy-keeper and opener together: what voters are promised, and what each of them may not. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PartClient } from "@/lib/part-client";
import { decodeReceipt } from "@/voting/sealed/receipts";
import { RunningRound } from "../sealed/testing/running-round";
import { TrialParts, until } from "../sealed/testing/trial-parts";
import { type Device, ROUND, type TrialSealedRound } from "../sealed/testing/trial-round";

let running: RunningRound;
let trial: TrialSealedRound;
let parts: TrialParts;

beforeEach(async () => {
  running = await RunningRound.start();
  ({ trial, parts } = running);
}, 120_000);
afterEach(() => running.stop());

const enrolled = () => running.enrolled();
const recorded = () => running.recorded;
const endReception = () => running.endReception();
const refused = (code: string) => expect.objectContaining({ code });

test("posts are received, go on when k wait, and are recorded; what is left goes at the end", async () => {
  const devices = [await enrolled(), await enrolled(), await enrolled(), await enrolled()];
  const receipts = [];
  for (const device of devices.slice(0, 2)) receipts.push(await parts.post(await device.post()));
  await new Promise((next) => setTimeout(next, 200));
  expect(recorded()).toBe(0);
  receipts.push(await parts.post(await (devices[2] as Device).post()));
  await until(() => recorded() === 3, "three ballots");
  receipts.push(await parts.post(await (devices[3] as Device).post()));
  expect(receipts.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  await new Promise((next) => setTimeout(next, 200));
  expect(recorded()).toBe(3);
  endReception();
  await until(() => recorded() === 4, "the last ballot");
  await until(() => trial.view().receptionEnded, "the end of the reception");
  const end = trial.ledger.log.find(({ transaction }) => transaction === "sealed:endReception");
  expect(end?.input.count).toBe(4);
});

test("the same post again gets the same receipt; a changed one, one of another round or a late one gets none", async () => {
  const device = await enrolled();
  const post = await device.post();
  const receipt = await parts.post(post);
  expect(await parts.post(post)).toEqual(receipt);
  await expect(parts.post(post.with(40, 1 ^ (post[40] as number)))).rejects.toEqual(
    refused("bad_credential"),
  );
  await expect(parts.post(post.with(500, 1 ^ (post[500] as number)))).rejects.toEqual(
    refused("bad_signature"),
  );
  await expect(parts.post(post.with(5, 1 ^ (post[5] as number)))).rejects.toEqual(refused("malformed"));
  await expect(parts.post(post.slice(1))).rejects.toEqual(refused("malformed"));
  const late = await (await enrolled()).post();
  endReception();
  await expect(parts.post(late)).rejects.toEqual(refused("ended"));
  // A receipt that got lost is given again after the end too.
  expect(await parts.post(post)).toEqual(receipt);
});

test("one posting key has twenty posts", async () => {
  const device = await enrolled();
  const before = device.seq;
  const receipts = [];
  for (let n = 0; n < 20; n++) receipts.push(await parts.post(await device.post()));
  const key = Buffer.from(await device.postingKey()).toString("hex");
  const relay = new PartClient(parts.socket("relay"));
  const told = (await relay.json("GET", `/v1/rounds/${ROUND}/keys/${key}`)) as { receipts: string[] };
  expect(told.receipts.map((one) => decodeReceipt(new Uint8Array(Buffer.from(one, "base64"))))).toEqual(
    receipts,
  );
  device.seq = before;
  await expect(parts.post(await device.post(["7"]))).rejects.toEqual(refused("too_many"));
});

test("many at once get one place each, in one order", async () => {
  const devices = await Promise.all(Array.from({ length: 12 }, enrolled));
  const posts = await Promise.all(devices.map((device) => device.post()));
  const receipts = await Promise.all(posts.map((post) => parts.post(post)));
  expect(receipts.map(({ position }) => position).sort((a, b) => a - b)).toEqual(
    posts.map((_, at) => at + 1),
  );
  await until(() => recorded() === 12, "all ballots");
});

test("who votes again has the later ballot recorded after the first, never with it", async () => {
  const devices = [await enrolled(), await enrolled(), await enrolled()];
  for (const device of devices) for (let n = 0; n < 3; n++) await parts.post(await device.post());
  endReception();
  await until(() => recorded() === 9, "all ballots");
  for (const { input } of trial.ledger.log.filter(({ transaction }) => transaction === "sealed:cast")) {
    const keys = (input.ballots as { key: string }[]).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test("after the closing ballots are listed, superseded ones purged and forgotten, those that stand published, once each", async () => {
  const devices = await Promise.all(Array.from({ length: 11 }, enrolled));
  for (const device of devices) await parts.post(await device.post());
  const again = devices[4] as Device;
  await parts.post(await again.post(["7"]));
  endReception();
  await until(() => recorded() === 12 && trial.view().receptionEnded, "all ballots");
  for (const lost of ["sealed:list", "sealed:purge", "sealed:publish"]) trial.ledger.losesAnswersOf.add(lost);
  trial.ledger.setPhase(ROUND, "closed");
  await until(() => trial.view().published, "the publication");
  const published = new Set(trial.ledger.publishedBallots);
  expect(published.size).toBe(11);
  const place = (seq: number) => `1/${Buffer.from(again.voter).toString("hex")}/${seq}`;
  expect([published.has(place(1)), published.has(place(2))]).toEqual([false, true]);
  const store = new DatabaseSync(join(parts.folder("opener"), "store.sqlite"));
  const kept = store.prepare("SELECT count(*) AS count FROM ballot WHERE length(bytes) > 0").get();
  expect(kept).toEqual({ count: 11 });
  store.close();
});

test("the relay's and the copy-keeper's store tell no address and no time of a post", async () => {
  const devices = [await enrolled(), await enrolled(), await enrolled()];
  for (const device of devices) await parts.post(await device.post());
  for (const part of ["relay", "copy-keeper"] as const) {
    const store = new DatabaseSync(join(parts.folder(part), "store.sqlite"));
    const columns = store.prepare("SELECT name FROM pragma_table_info('post')").all();
    expect(columns.map(({ name }) => name)).not.toContain("at");
    const row = store.prepare("SELECT * FROM post WHERE position = 1").get() as Record<string, unknown>;
    expect(Object.keys(row).filter((name) => /addr|time|at$|hour/.test(name))).toEqual([]);
    store.close();
  }
  const turnout = await new PartClient(parts.socket("relay")).json("GET", `/v1/rounds/${ROUND}/turnout`);
  expect(turnout).toEqual({ hours: [{ hour: "2026-06-01T10", posts: 0 }] });
});

describe("nothing is promised while", () => {
  test("the copy-keeper is away: the voter is told to try again, and then gets the same place", async () => {
    await parts.stop("copy-keeper");
    const post = await (await enrolled()).post();
    await expect(parts.post(post)).rejects.toThrow();
    await parts.start("copy-keeper");
    expect((await parts.post(post)).position).toBe(1);
  }, 60_000);

  test("the copy-keeper signs with another key", async () => {
    const wrong = new TrialParts(trial, () => running.clock);
    const options = wrong.options("copy-keeper");
    wrong.options = () => ({ ...options, secret: "d".repeat(64) });
    await parts.stop("copy-keeper");
    await wrong.start("copy-keeper");
    await expect(parts.post(await (await enrolled()).post())).rejects.toThrow();
    await wrong.stop("copy-keeper");
  }, 60_000);
});

describe("the opener", () => {
  test("cannot find out the order of posts by claiming to have lost them", async () => {
    const seen: number[][] = [];
    const { createServer } = await import("node:http");
    await parts.stop("opener");
    let claim = 0;
    const liar = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks);
        if (request.url?.endsWith("/groups")) seen.push([body.length]);
        response.end(JSON.stringify({ held: claim }));
      });
    }).listen(parts.socket("opener"));
    for (let n = 0; n < 3; n++) await parts.post(await (await enrolled()).post());
    await until(() => seen.length > 0, "the first group");
    const group = seen[0] as number[];
    for (let n = 0; n < 2; n++) await parts.post(await (await enrolled()).post());
    // Whatever it claims, it gets the same group of three again or nothing, never the two that came later.
    for (claim of [0, 1, 2, 3, 4]) await new Promise((next) => setTimeout(next, 100));
    expect(seen.every(([length]) => length === group[0])).toBe(true);
    await new Promise<void>((resolve) => liar.close(() => resolve()));
    liar.closeAllConnections();
    await parts.start("opener");
    endReception();
    await until(() => recorded() === 5, "all ballots");
  });

  test("takes no group that the relay has not signed", async () => {
    const client = new PartClient(parts.socket("opener"));
    const post = await (await enrolled()).post();
    const body = new Uint8Array(65 + post.length - 513);
    body.set(post.slice(513), 65);
    await expect(client.ask("POST", `/v1/rounds/${ROUND}/groups`, body)).rejects.toEqual(
      refused("bad_signature"),
    );
  });
});

test("a copy-keeper gives copies to the relay alone", async () => {
  await parts.post(await (await enrolled()).post());
  const client = new PartClient(parts.socket("copy-keeper"));
  const question = {
    round: ROUND,
    from: 1,
    seconds: Math.floor(running.clock / 1000),
    signature: Buffer.alloc(64).toString("base64"),
  };
  await expect(client.json("POST", "/v1/questions", question)).rejects.toEqual(refused("bad_signature"));
  await expect(client.json("POST", "/v1/questions", { ...question, seconds: 1 })).rejects.toEqual(
    refused("old_question"),
  );
});
