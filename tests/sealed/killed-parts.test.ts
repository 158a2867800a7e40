/** Relay, copy-keeper and opener as processes that are killed at random moments (`kill -9`) while people vote. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import type { Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveTrialLedger } from "@/services/sealed/testing/socket-ledger";
import { type PartName, partNames, TrialParts, until } from "@/services/sealed/testing/trial-parts";
import { Device, TrialSealedRound } from "@/services/sealed/testing/trial-round";

const VOTERS = 60;
const KILLS = 12;
const closesAt = Date.parse("2026-07-01T10:00:00Z");
let clock = Date.parse("2026-06-01T10:00:00Z");
let trial: TrialSealedRound;
let parts: TrialParts;
const running = new Map<PartName, ChildProcess>();
const ledgers: Server[] = [];
let isOver = false;

function ledgerSocket(part: PartName): string {
  return join(trial.folder, `${part}-ledger.sock`);
}

async function start(part: PartName): Promise<void> {
  const { folder, secret, listen } = parts.options(part);
  const script = "services/sealed/testing/part-process.ts";
  const sockets = [ledgerSocket(part), parts.socket("copy-keeper"), parts.socket("opener")];
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=react-server", script, part, folder, secret, listen, ...sockets],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, LOG_LEVEL: "silent", NODE_NO_WARNINGS: "1" },
    },
  );
  running.set(part, child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", () => reject(new Error(`${part} ended at its start`)));
  });
}

async function kill(part: PartName): Promise<void> {
  const child = running.get(part);
  const ended = new Promise((resolve) => child?.once("exit", resolve));
  child?.kill("SIGKILL");
  await ended;
}

beforeAll(async () => {
  trial = await TrialSealedRound.announce({ areas: { a: 40, b: 40 }, groupSize: 5, now: () => clock });
  parts = new TrialParts(trial, () => clock);
  for (const [at, part] of (["relay", "copy-keeper", "opener"] as const).entries())
    ledgers.push(await serveTrialLedger(trial.ledger, (at + 1) as 1 | 2 | 3, ledgerSocket(part)));
  for (const part of partNames) await start(part);
  await until(() => Object.keys(trial.view().keys).length === 3, "the keys of the parts");
  await trial.freeze(new Date(closesAt));
  clock += 6_000;
}, 120_000);
afterAll(async () => {
  for (const part of partNames) await kill(part);
  for (const server of ledgers) server.close();
  for (const server of ledgers) server.closeAllConnections();
  await trial.close();
});

/** Sends a post until there is a receipt for it. */
async function posted(bytes: Uint8Array) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await parts.post(bytes);
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((next) => setTimeout(next, 100));
    }
  }
}

test("no acknowledged post is lost or doubled, whatever is killed and when", async () => {
  let kills = 0;
  const killing = (async () => {
    while (!isOver && kills < KILLS) {
      await new Promise((next) => setTimeout(next, randomInt(20, 900)));
      const part = partNames[randomInt(3)] as PartName;
      await kill(part);
      kills += 1;
      await new Promise((next) => setTimeout(next, randomInt(300)));
      await start(part);
    }
  })();
  const places = new Map<number, string>();
  const expected = new Set<string>();
  const vote = async (person: number) => {
    const device = new Device(trial, person);
    await device.enrol();
    for (let n = 0; n < (person % 7 === 0 ? 3 : 1); n++) {
      const { position, post } = await posted(await device.post());
      expect(places.has(position)).toBe(false);
      places.set(position, Buffer.from(post).toString("hex"));
      expected.add(`${device.area}/${Buffer.from(device.voter).toString("hex")}/${device.seq}`);
      await new Promise((next) => setTimeout(next, randomInt(400)));
    }
  };
  const people = Array.from({ length: VOTERS }, (_, person) => person);
  const lines = Array.from({ length: 6 }, async () => {
    for (let person = people.shift(); person !== undefined; person = people.shift()) await vote(person);
  });
  await Promise.all(lines);
  await killing;
  isOver = true;
  clock = closesAt + 60_000;
  await kill("relay");
  await start("relay");
  await until(() => trial.ledger.ballots.size >= expected.size && trial.view().receptionEnded, "all ballots");
  const recorded = [...trial.ledger.ballots.values()].map(
    ({ place }) => `${place.area}/${Buffer.from(place.key).toString("hex")}/${place.seq}`,
  );
  expect(new Set(recorded)).toEqual(expected);
  expect(places.size).toBe(expected.size);
  expect(kills).toBe(KILLS);
}, 240_000);
