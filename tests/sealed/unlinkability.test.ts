/**
 * What an organisation could find out with everything that its parts stored, everything that they could have logged and
 * the whole ledger: nobody's ballot, better than by chance within a group. And what the excluded pairs do find out.
 */
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Receiving } from "@/services/opener/receiving";
import { sealedRound } from "@/services/sealed/round-view";
import { PartSecret } from "@/services/sealed/secrets";
import { ServiceKeys } from "@/services/sealed/service-keys";
import { TrialParts, until } from "@/services/sealed/testing/trial-parts";
import { Device, ROUND, TrialSealedRound } from "@/services/sealed/testing/trial-round";
import { decodeCast } from "@/voting/sealed/cast";
import { nodePrimitives } from "@/voting/sealed/node";
import { openCast } from "@/voting/sealed/post";

const VOTERS = 500;
const LEAST = 20;
const areas = { a: 250, b: 150, c: 100 };
const begin = Date.parse("2026-06-01T08:00:00Z");
const closesAt = Date.parse("2026-06-20T18:00:00Z");
const MINUTE = 60_000;

interface Seen {
  readonly person: number;
  readonly time: number;
  readonly address: string;
}

let clock = begin;
let trial: TrialSealedRound;
let parts: TrialParts;
/** What each issuer and the relay could have logged of requests. The relay's of people is by address alone. */
const enrolments: Seen[] = [];
const posts: (Omit<Seen, "person"> & {
  readonly position: number;
  readonly length: number;
  readonly truth: number;
})[] = [];
/** Voters' keys of each group as the opener got it, with the time. */
const groups: { readonly time: number; readonly keys: string[] }[] = [];
/** Whose key it is: what nobody but the test knows. */
const owner = new Map<string, number>();
const areaOf = new Map<number, number>();
let openerSecret: Uint8Array;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

beforeAll(async () => {
  trial = await TrialSealedRound.announce({ areas, groupSize: LEAST, now: () => clock });
  parts = new TrialParts(trial, () => clock);
  await parts.startAll();
  await until(() => Object.keys(trial.view().keys).length === 3, "the keys of the parts");
  await trial.freeze(new Date(closesAt));
  openerSecret = new ServiceKeys("opener", new PartSecret(parts.options("opener").secret)).secretOf(ROUND);
  const take = Receiving.prototype.take;
  vi.spyOn(Receiving.prototype, "take").mockImplementation(async function (this: Receiving, id, body) {
    const time = clock;
    const answer = await take.call(this, id, body);
    groups.push({ time, keys: await keysIn(body) });
    return answer;
  });
  for (const event of story()) {
    clock = event.time;
    await event.happen();
  }
  clock = closesAt + MINUTE;
  await until(() => trial.ledger.ballots.size === posts.length && trial.view().receptionEnded, "all ballots");
}, 900_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await parts.stopAll();
  await trial.close();
});

/** People enrol and vote at random, some within a minute, some twice, some from one address. */
function story(): { time: number; happen(): Promise<void> }[] {
  const events: { time: number; happen(): Promise<void> }[] = [];
  for (let person = 0; person < VOTERS; person++) {
    const device = new Device(trial, person);
    const address = randomInt(4) === 0 ? "198.51.100.7" : `192.0.2.${person % 200}`;
    // Parts look at the ledger again half a second after they have: not in the instant of the freezing.
    const enrolled = begin + randomInt(1, 12 * 24 * 60) * MINUTE;
    const soon = randomInt(3) === 0;
    const voted = soon ? enrolled + randomInt(1, MINUTE) : enrolled + randomInt(1, 5 * 24 * 60) * MINUTE;
    const post = async () => {
      const bytes = await device.post([String(randomInt(1, 13))]);
      const { position } = await parts.post(bytes);
      posts.push({ time: clock, address, position, length: bytes.length, truth: person });
    };
    events.push({
      time: enrolled,
      async happen() {
        await device.enrol();
        enrolments.push({ person, time: clock, address });
        owner.set(hex(device.voter), person);
        areaOf.set(person, device.area);
      },
    });
    events.push({ time: voted, happen: post });
    if (randomInt(5) === 0) events.push({ time: voted + randomInt(1, 48 * 60) * MINUTE, happen: post });
  }
  return events.sort((a, b) => a.time - b.time);
}

async function keysIn(body: Uint8Array): Promise<string[]> {
  const length = (body.length - 65) / Math.round((body.length - 65) / sealedLength());
  const keys = [];
  for (let at = 65; at < body.length; at += length) keys.push(await keyIn(body.slice(at, at + length)));
  return keys;
}

async function keyIn(sealed: Uint8Array): Promise<string> {
  const round = sealedRound(trial.frozen());
  return hex(decodeCast(round, await openCast(nodePrimitives, round, openerSecret, sealed)).voter);
}

/** Of what the relay passes on: a post without what stands before the sealed cast. */
function sealedLength(): number {
  return (posts[0]?.length ?? stored()[0]?.length ?? 0) - (1 + 32 + 32 + 384 + 64);
}

function stored(): Uint8Array[] {
  const store = new DatabaseSync(join(parts.folder("relay"), "store.sqlite"), { readOnly: true });
  const rows = store.prepare("SELECT bytes FROM post LIMIT 1").all() as { bytes: Uint8Array }[];
  store.close();
  return rows.map(({ bytes }) => bytes);
}

/** Voters' keys of each transaction, in the order in which the ledger has them. */
function batches(): string[][] {
  return trial.ledger.log
    .filter(({ transaction }) => transaction === "sealed:cast")
    .map(({ input }) => (input.ballots as { key: string }[]).map(({ key }) => key));
}

/**
 * Compares what a way of guessing hits with chance. It is told which group or transaction holds the ballots of which
 * people, which is more than any organisation knows, and has to say who is who in it.
 */
function expectNoBetterThanChance(guess: (people: number[]) => number[], lists = batches()): void {
  let [hits, expected, variance] = [0, 0, 0];
  for (const list of lists) {
    const keys = list.filter((key) => list.indexOf(key) === list.lastIndexOf(key));
    const truth = keys.map((key) => owner.get(key) as number);
    const guessed = guess([...truth].sort((a, b) => a - b));
    hits += guessed.filter((person, at) => person === truth[at]).length;
    // A random order of n has one fixed point on average, with a variance of one.
    expected += 1;
    variance += 1;
  }
  expect(hits).toBeLessThan(expected + 4.5 * Math.sqrt(variance));
}

const firstSeen = <Value>(values: readonly Value[], key: (value: Value) => number, of: number) =>
  values.findIndex((value) => key(value) === of);
const byRank = (rank: (person: number) => number) => (people: number[]) =>
  [...people].sort((a, b) => rank(a) - rank(b));

test("people voted in groups that hide them, at the time and after the end", () => {
  expect(enrolments).toHaveLength(VOTERS);
  expect(trial.ledger.ballots.size).toBe(posts.length);
  expect(batches().length).toBeGreaterThan(10);
  // What was recorded before the end was of so many keys at least.
  const early = groups.filter(({ time }) => time < closesAt);
  expect(early.length).toBeGreaterThan(10);
  for (const { keys } of early) expect(keys.length).toBeGreaterThanOrEqual(LEAST);
});

describe("no single organisation joins people to ballots", () => {
  test("by the length of anything: all posts are equally long", () => {
    expect(new Set(posts.map(({ length }) => length)).size).toBe(1);
  });

  test("by something that stands in an issuer's store and in its other part's or on the ledger", () => {
    const ledger = valuesOnLedger();
    for (const [at, part] of (["relay", "copy-keeper", "opener"] as const).entries()) {
      const issuer = valuesIn(join(trial.folder, `issuer-${at + 1}`));
      const other = valuesIn(parts.folder(part));
      expect(issuer.size).toBeGreaterThan(VOTERS);
      expect([...issuer].filter((value) => other.has(value) || ledger.has(value))).toEqual([]);
    }
  });

  test("the Comune, by the order in which posts came to its relay from an address that its issuer knows", () => {
    const position = (person: number) => posts.find(({ truth }) => truth === person)?.position ?? 0;
    expectNoBetterThanChance(byRank(position));
    expectNoBetterThanChance(byRank((person) => -position(person)));
  });

  test("any issuer, by the order or the time of enrolment", () => {
    const rank = (person: number) => firstSeen(enrolments, (seen) => seen.person, person);
    expectNoBetterThanChance(byRank(rank));
    expectNoBetterThanChance(byRank((person) => -rank(person)));
  });

  test("the Garanti, by the order in which the opener got the ballots of a group", () => {
    const got = groups.map(({ keys }) => keys);
    const enrolled = (person: number) => firstSeen(enrolments, (seen) => seen.person, person);
    expectNoBetterThanChance(byRank(enrolled), got);
    // Not even if it knew in which order the posts of the group had come.
    const came = (person: number) => posts.findIndex(({ truth }) => truth === person);
    expectNoBetterThanChance(byRank(came), got);
    expectNoBetterThanChance(
      byRank((person) => -came(person)),
      got,
    );
  });

  test("the Garanti, by the order in the opener's store: it is that of keys", () => {
    const store = new DatabaseSync(join(parts.folder("opener"), "store.sqlite"), { readOnly: true });
    const rows = store.prepare("SELECT area, voter, seq FROM ballot").all() as {
      area: number;
      voter: Uint8Array;
      seq: number;
    }[];
    store.close();
    const names = rows.map(({ area, voter, seq }) => `${area} ${hex(voter)} ${seq}`);
    expect(names).toEqual([...names].sort());
    const tables = tablesOf(parts.folder("opener"));
    expect(tables.every((sql) => /WITHOUT ROWID/.test(sql))).toBe(true);
  });

  test("the relay's and the copy-keeper's stores have no ballot's key, the issuers' neither", () => {
    for (const folder of ["relay", "copy-keeper", "issuer-1", "issuer-2", "issuer-3"]) {
      const values = valuesIn(join(trial.folder, folder));
      expect([...owner.keys()].filter((key) => values.has(key))).toEqual([]);
    }
  });
});

describe("the pairs that the promise excludes", () => {
  test("relay and opener together know everybody's ballot: the page says so", async () => {
    const store = new DatabaseSync(join(parts.folder("relay"), "store.sqlite"), { readOnly: true });
    const rows = store.prepare("SELECT position, sealed FROM post").all() as {
      position: number;
      sealed: Uint8Array;
    }[];
    store.close();
    const ofPosition = new Map(posts.map((post) => [post.position, post]));
    let found = 0;
    for (const { position, sealed } of rows) {
      const { address, time } = ofPosition.get(position) as (typeof posts)[number];
      // The Comune's issuer knows who enrolled from the address; of several, the one who enrolled last before.
      const guess = enrolments.filter((seen) => seen.address === address && seen.time <= time).at(-1)?.person;
      if (owner.get(await keyIn(sealed)) === guess) found += 1;
    }
    // One in 20 would be chance within a group.
    expect(found / rows.length).toBeGreaterThan(0.3);
  });

  test("copy-keeper and opener together know the order in which ballots came, which tells who voted at once", async () => {
    const store = new DatabaseSync(join(parts.folder("copy-keeper"), "store.sqlite"), { readOnly: true });
    const rows = store.prepare("SELECT position, bytes FROM post ORDER BY position").all() as {
      position: number;
      bytes: Uint8Array;
    }[];
    store.close();
    const soon = new Set<number>();
    for (const { person, time } of enrolments)
      if (posts.some((post) => post.truth === person && post.time - time < MINUTE)) soon.add(person);
    let found = 0;
    for (const { position, bytes } of rows) {
      const { time } = posts.find((post) => post.position === position) as (typeof posts)[number];
      const latest = enrolments.filter((seen) => seen.time <= time && time - seen.time < MINUTE).at(-1);
      if (latest && owner.get(await keyIn(bytes.slice(1 + 32 + 32 + 384 + 64))) === latest.person) found += 1;
    }
    expect(found / soon.size).toBeGreaterThan(0.8);
  });
});

/** Every value of 16 bytes and more in a store. */
function valuesIn(folder: string): Set<string> {
  const store = new DatabaseSync(join(folder, "store.sqlite"), { readOnly: true });
  const values = new Set<string>();
  const tables = store.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as {
    name: string;
  }[];
  for (const { name } of tables)
    for (const row of store.prepare(`SELECT * FROM "${name}"`).all())
      for (const value of Object.values(row))
        if (value instanceof Uint8Array && value.length >= 16) values.add(hex(value));
  store.close();
  return values;
}

function tablesOf(folder: string): string[] {
  const store = new DatabaseSync(join(folder, "store.sqlite"), { readOnly: true });
  const rows = store.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table'").all() as { sql: string }[];
  store.close();
  return rows.map(({ sql }) => sql);
}

function valuesOnLedger(): Set<string> {
  const values = new Set<string>();
  for (const { input } of trial.ledger.log.filter(({ transaction }) => transaction === "sealed:cast"))
    for (const ballot of input.ballots as {
      key: string;
      digest: string;
      signature: string;
      credentials: string[];
    }[])
      for (const value of [
        ballot.key,
        ballot.digest,
        ballot.signature,
        ...ballot.credentials.map((one) => hex(Buffer.from(one, "base64"))),
      ])
        values.add(value);
  return values;
}
