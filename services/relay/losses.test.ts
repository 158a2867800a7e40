/** What becomes of what voters were promised when relay, copy-keeper or opener end, lose their disks or come back from a backup. */
import { cp, rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RunningRound } from "../sealed/testing/running-round";
import { type TrialParts, until } from "../sealed/testing/trial-parts";
import type { Device, TrialSealedRound } from "../sealed/testing/trial-round";

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

describe("what was acknowledged is recorded although", () => {
  const voteWhile = async (fail: () => Promise<void>) => {
    const devices: Device[] = [];
    const post = async () => {
      const device = await enrolled();
      devices.push(device);
      const bytes = await device.post();
      for (let attempt = 0; ; attempt++) {
        try {
          return await parts.post(bytes);
        } catch (error) {
          if (attempt === 20) throw error;
          await new Promise((next) => setTimeout(next, 50));
        }
      }
    };
    const receipts = [];
    for (let n = 0; n < 5; n++) receipts.push(await post());
    await fail();
    for (let n = 0; n < 5; n++) receipts.push(await post());
    endReception();
    await until(() => recorded() === 10, "all ballots");
    await until(() => trial.view().receptionEnded, "the end");
    expect(receipts.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  };

  test.each(["relay", "copy-keeper", "opener"] as const)("the %s stops and starts again", (part) =>
    voteWhile(async () => {
      await parts.stop(part);
      await parts.start(part);
    }),
  );

  test.each(["relay", "copy-keeper", "opener"] as const)("the %s loses its disk", (part) =>
    voteWhile(() => parts.loseDisk(part)),
  );

  test("the ledger is away for a while, and loses an answer", () =>
    voteWhile(async () => {
      trial.ledger.isAway = true;
      await new Promise((next) => setTimeout(next, 100));
      trial.ledger.isAway = false;
      trial.ledger.losesAnswer = true;
    }));
});

test("a relay that is restored from a backup goes on: everything is recorded and its reception ends", async () => {
  const receive = async (count: number) => {
    for (let n = 0; n < count; n++) await parts.post(await (await enrolled()).post());
  };
  await receive(4);
  await until(() => recorded() === 4 || recorded() === 3, "a group");
  await parts.stop("relay");
  await cp(parts.folder("relay"), `${parts.folder("relay")}-backup`, { recursive: true });
  await parts.start("relay");
  await receive(4);
  await until(() => recorded() >= 6, "the next group");
  await parts.stop("relay");
  await rm(parts.folder("relay"), { recursive: true });
  await cp(`${parts.folder("relay")}-backup`, parts.folder("relay"), { recursive: true });
  await parts.start("relay");
  await receive(3);
  endReception();
  await until(() => recorded() === 11 && trial.view().receptionEnded, "all ballots");
});

test("after relay and copy-keeper have both lost their disks nothing more is promised", async () => {
  for (let n = 0; n < 3; n++) await parts.post(await (await enrolled()).post());
  await until(() => recorded() === 3, "a group");
  await parts.stop("relay");
  await parts.loseDisk("copy-keeper");
  await rm(parts.folder("relay"), { recursive: true });
  await parts.start("relay");
  // Their new places would contradict those that were promised before, and the opener would take them for others.
  for (let n = 0; n < 4; n++)
    await expect(parts.post(await (await enrolled()).post())).rejects.toThrow("answered 503");
});

test("ballots that reached the opener are recorded although the relay is gone at the end", async () => {
  const devices = [await enrolled(), await enrolled(), await enrolled()];
  for (const device of devices) await parts.post(await device.post());
  await until(() => recorded() === 3, "a group");
  const again = devices[0] as Device;
  await parts.post(await again.post(["7"]));
  await parts.post(await again.post(["8"]));
  for (const device of devices.slice(1)) await parts.post(await device.post(["1"]));
  await until(() => recorded() === 6, "the second group");
  await parts.stop("relay");
  running.clock = running.closesAt + 29 * 60_000;
  await new Promise((next) => setTimeout(next, 200));
  expect(recorded()).toBe(6);
  running.clock = running.closesAt + 30 * 60_000;
  await until(() => recorded() === 7, "the last ballot");
});
