/** Which groups reach the opener when it is asked while posts still come. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PartAway, type PartClient } from "@/lib/part-client";
import { PartSecret } from "../sealed/secrets";
import { ServiceKeys } from "../sealed/service-keys";
import { openStore, type Store } from "../sealed/store";
import { knownRound } from "../sealed/testing/known-round";
import { PassingOn, PostsLost } from "./passing-on";
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
/** What the opener says instead. */
let claim: number | undefined;
/** Ends when the opener may answer how many posts it holds. */
let mayAnswer: Promise<void>;
let passing: PassingOn;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cocity-relay-"));
  file = openStore(folder, relaySchema);
  store = new RelayStore(file);
  [posts, held, claim, sent, mayAnswer] = [0, 0, undefined, [], Promise.resolve()];
  const opener = {
    json: async () => {
      const answer = { held: claim ?? held };
      await mayAnswer;
      return answer;
    },
    ask: async (_: string, __: string, body: Uint8Array) => {
      sent.push((body.length - 65) / LENGTH);
      held += sent.at(-1) as number;
      return Buffer.from(JSON.stringify({ held: claim ?? held }));
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
    store.add(round.id, round.frozen.digest, [postOf(posts)], "2026-06-01T10");
    store.countersigned(round.id, [{ position: posts, signature: new Uint8Array(64) }]);
  }
}

function postOf(number: number) {
  const digest = new Uint8Array(createHash("sha256").update(`post ${number}`).digest());
  return { digest, postingKey: digest, bytes: digest, sealed: digest };
}

/** The relay's disk is empty, and the copy-keeper gives back all posts. */
function loseDisk(): void {
  file.exec("DELETE FROM post; DELETE FROM passed");
  const copies = Array.from({ length: posts }, (_, at) => postOf(at + 1));
  store.restore(round.id, round.frozen.digest, copies);
  const signature = new Uint8Array(64);
  store.countersigned(
    round.id,
    copies.map((_, at) => ({ position: at + 1, signature })),
  );
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
  const ends = store.groups(round.id).map(({ upto }) => upto);
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

describe("a relay that lost its disk", () => {
  test.each([0, 1, 2, 4, 5, 99])("believes no opener that claims to hold %i", async (said) => {
    receive(3);
    await passing.pass(round, false);
    receive(2);
    loseDisk();
    sent = [];
    claim = said;
    // Two wait that the opener has not seen: with fewer than three later ones they would be told from the others.
    for (let n = 0; n < 2; n++) {
      await passing.pass(round, false);
      receive(1);
    }
    expect(sent).toEqual([]);
    receive(1);
    await passing.pass(round, false).catch((error: unknown) => expect(error).toBeInstanceOf(PartAway));
    expect(sent).toEqual([8]);
    claim = undefined;
    await passing.pass(round, false);
    expect(sent).toEqual([8, 8]);
  });

  test("sends everything at the end, whatever the opener claims to hold", async () => {
    receive(3);
    await passing.pass(round, false);
    receive(1);
    loseDisk();
    sent = [];
    claim = 4;
    expect(await passing.pass(round, true)).toBe(true);
    expect(sent).toEqual([4]);
  });

  test("promises nothing where the opener holds more than relay and copy-keeper have", async () => {
    receive(3);
    await passing.pass(round, false);
    await passing.requireNoneLost(round);
    loseDisk();
    await passing.requireNoneLost(round);
    claim = 4;
    await expect(passing.requireNoneLost(round)).rejects.toThrow(PostsLost);
    file.exec("DELETE FROM post; DELETE FROM restored");
    claim = 1;
    await expect(passing.requireNoneLost(round)).rejects.toThrow(PostsLost);
    claim = 0;
    await passing.requireNoneLost(round);
  });

  test("sends many in groups that the opener takes, the last ones with later posts", async () => {
    store.restore(
      round.id,
      round.frozen.digest,
      Array.from({ length: 6_000 }, (_, at) => postOf(at + 1)),
    );
    file.prepare("UPDATE post SET copy_signature = ?").run(new Uint8Array(64));
    await passing.pass(round, false);
    expect(sent).toEqual([2_500, 1_000]);
    posts = 6_000;
    receive(3);
    await passing.pass(round, false);
    expect(sent).toEqual([2_500, 1_000, 2_503]);
  });
});

test("a group that the opener did not confirm goes again, also to one that holds as many posts of before", async () => {
  receive(3);
  await passing.pass(round, false);
  receive(3);
  await passing.pass(round, false);
  file.exec("UPDATE passed SET held = NULL WHERE upto = 6");
  await passing.pass(round, false);
  expect(sent).toEqual([3, 3, 3]);
  await passing.pass(round, false);
  expect(sent).toEqual([3, 3, 3]);
});

test("an opener that lost its disk gets the same groups again", async () => {
  receive(3);
  await passing.pass(round, false);
  receive(4);
  await passing.pass(round, false);
  held = 0;
  await passing.pass(round, false);
  expect(sent).toEqual([3, 4, 3, 4]);
});
