/** Which groups reach the opener when it is asked while posts still come. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PartClient } from "@/lib/part-client";
import { PartSecret } from "../sealed/secrets";
import { ServiceKeys } from "../sealed/service-keys";
import { openStore, type Store } from "../sealed/store";
import { knownRound } from "../sealed/testing/known-round";
import { PassingOn } from "./passing-on";
import { RelayStore, relaySchema } from "./store";

const round = knownRound("round", "open", { groupSize: 3 });
const LENGTH = 32;
let folder: string;
let file: Store;
let store: RelayStore;
let posts: number;
/** How many posts each group had that the opener was sent. */
let sent: number[];
let held: number;
/** Ends when the opener may answer how many posts it holds. */
let mayAnswer: Promise<void>;
let passing: PassingOn;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cocity-relay-"));
  file = openStore(folder, relaySchema);
  store = new RelayStore(file);
  [posts, held, sent, mayAnswer] = [0, 0, [], Promise.resolve()];
  const opener = {
    json: async () => {
      const answer = { held };
      await mayAnswer;
      return answer;
    },
    ask: async (_: string, __: string, body: Uint8Array) => {
      sent.push((body.length - 65) / LENGTH);
      held += sent.at(-1) as number;
    },
  } as unknown as PartClient;
  passing = new PassingOn(opener, store, new ServiceKeys("relay", new PartSecret("a".repeat(64))));
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

/** Posts of as many people, held by both keepers. */
function receive(count: number): void {
  for (let n = 0; n < count; n++) {
    posts += 1;
    const digest = new Uint8Array(createHash("sha256").update(`post ${posts}`).digest());
    const post = { digest, postingKey: digest, bytes: digest, sealed: digest };
    store.add(round.id, round.frozen.digest, [post], "2026-06-01T10");
    store.countersigned(round.id, [{ position: posts, signature: new Uint8Array(64) }]);
  }
}

function holdBack(): () => void {
  let answer = () => undefined as undefined;
  mayAnswer = new Promise((resolve) => {
    answer = () => void resolve();
  });
  return answer;
}

function expectNoSmallGroup(): void {
  expect(Math.min(...sent)).toBeGreaterThanOrEqual(round.groupSize);
  const ends = store.groups(round.id);
  const sizes = ends.map((end, at) => end - (ends[at - 1] ?? 0));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(round.groupSize);
}

test("two passes at once, with a post that comes between them, make no group that tells its key", async () => {
  receive(3);
  const answer = holdBack();
  const first = passing.pass(round, false);
  receive(1);
  const second = passing.pass(round, false);
  answer();
  await Promise.all([first, second]);
  await passing.pass(round, false);
  expectNoSmallGroup();
  receive(3);
  await passing.pass(round, false);
  expectNoSmallGroup();
  expect(held).toBeGreaterThanOrEqual(6);
});

test("a pass at the end waits for the one that is under way, and one alone goes only then", async () => {
  receive(3);
  const answer = holdBack();
  const before = passing.pass(round, false);
  receive(1);
  const last = passing.pass(round, true);
  answer();
  await Promise.all([before, last]);
  expect(held).toBe(4);
  expect(sent).toEqual([4]);
});

test("a pass that fails does not keep the next one from going", async () => {
  receive(3);
  mayAnswer = Promise.reject(new Error("away"));
  await expect(passing.pass(round, false)).rejects.toThrow("away");
  mayAnswer = Promise.resolve();
  expect(await passing.pass(round, false)).toBe(true);
  expect(sent).toEqual([3]);
});
