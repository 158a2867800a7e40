/** A voter's device against the parties of a round, from the words to the opened ballot. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BallotContent } from "@/voting/ballots/content";
import { ballotLayout } from "@/voting/sealed/ballot-layout";
import { enrolmentNonce } from "@/voting/sealed/enrolment";
import { finalRoot } from "@/voting/sealed/final-list";
import { openClaim } from "@/voting/sealed/post";
import type { Holding } from "@/voting/sealed/rho-list";
import {
  bytes,
  type TrialIssuers,
  type TrialRound,
  trialIssuers,
  trialRound,
} from "@/voting/sealed/testing/trial-round";
import { enrolmentSecret } from "@/voting/sealed/voter-keys";
import { webPrimitives } from "@/voting/sealed/web";
import { freshKept, type Kept, withSending } from "../kept";
import { Counterpart, trialToken } from "../testing/counterpart";
import type { Draft } from "./ballot";
import { ofBase64, ofHex, toHex } from "./bytes";
import { FINAL_BLOCK } from "./final-list";
import { type Requests, requestsOf } from "./requests";

let round: TrialRound;
let issuers: TrialIssuers;
let parties: Counterpart;
let device: Requests;
let parameters: unknown;

const approval = (...choices: string[]): BallotContent => ({ type: "approval", choices });
const draft = (seq: number, attempt: number, ...choices: string[]): Draft => ({
  ...{ seq, attempt, content: approval(...choices) },
});

beforeAll(async () => {
  round = await trialRound();
  issuers = trialIssuers();
});

beforeEach(async () => {
  parties = new Counterpart(round, issuers);
  device = requestsOf({ primitives: webPrimitives, fetch: parties.fetch });
  // As the page hands them over: through JSON.
  parameters = JSON.parse(JSON.stringify(await parties.parameters()));
});

async function signedIn(person: string, seed: Uint8Array) {
  const key = await webPrimitives.ed25519PublicKey(enrolmentSecret(seed));
  return {
    token: trialToken(person, Buffer.from(enrolmentNonce(round.digest, key)).toString("base64url")),
    userinfo: "as the provider signed it",
  };
}

async function enrolled(person: string, seed = bytes(`seed ${person}`, 16)) {
  const answer = await device.enrol({ parameters, seed, signedIn: await signedIn(person, seed) });
  if (!("holding" in answer)) throw new Error("waits");
  return { seed, holding: answer.holding, listed: answer.listed };
}

const voter = ({ seed, holding }: { seed: Uint8Array; holding: Holding }) => ({ parameters, seed, holding });

test("the sign-in binds the round and the words", async () => {
  const { seed, words } = await device.newSeed();
  expect(words).toHaveLength(12);
  expect(await device.readWords({ text: words.join(" ").toUpperCase() })).toEqual({ seed });
  const address = await device.signIn({ parameters, seed, back: "/torino/votazioni/x/credenziale" });
  const { token } = await signedIn("Ada", seed);
  expect(address).toMatch(/^\/sealed\/issuer\/3\/v1\/sign-in\?/);
  expect(Object.fromEntries(new URL(address, "http://x").searchParams)).toEqual({
    round: parties.id,
    nonce: token.split(".")[1],
    return: "/torino/votazioni/x/credenziale",
  });
});

test("a credential is taken, a ballot sent, recorded, found in the final list and opened", async () => {
  const told: string[] = [];
  const seed = bytes("seed of Ada", 16);
  const answer = await device.enrol(
    { parameters, seed, signedIn: await signedIn("Ada", seed) },
    (step) => void told.push(step),
  );
  if (!("holding" in answer)) throw new Error("waits");
  expect(answer.listed).toBe(true);
  expect(told).toEqual(["rho", "credential", "list"]);
  const ada = voter({ seed, holding: answer.holding });

  expect(await device.nextSeq(ada)).toBe(1);
  const committed = await device.commit({ ...ada, draft: draft(1, 1, "3", "7") });
  const sent = await device.send({ ...ada, draft: draft(1, 1, "3", "7") });
  expect(sent.digest).toBe(committed.digest);
  expect(await device.recorded(ada)).toEqual([]);
  await parties.record();
  expect(await device.recorded(ada)).toEqual([{ seq: 1, digest: sent.digest }]);
  const key = ofHex(sent.key, 32) as Uint8Array;
  expect(await device.recordedByKey({ parameters, area: sent.area, key })).toHaveLength(1);

  expect(await device.check(ada)).toEqual({ state: "not_closed" });
  parties.closed = true;
  expect(await device.check(ada)).toEqual({
    ...{ state: "stands", seq: 1, digest: sent.digest, opened: null },
  });
  parties.released = true;
  expect(await device.check(ada)).toEqual({
    ...{ state: "stands", seq: 1, digest: sent.digest, opened: { content: approval("3", "7") } },
  });
  expect(parties.asked.every(({ credentials }) => credentials === "omit")).toBe(true);
});

test("at a desk operators vouch for the device's code, and nobody signs in", async () => {
  const seed = bytes("seed of Carla", 16);
  const [fiscalNumber, signedIn] = ["RSSCRL50A41L219L", { fiscalNumber: "RSSCRL50A41L219L" }];
  await expect(device.enrol({ parameters, seed, signedIn })).rejects.toMatchObject({
    ...{ code: "refused", reason: "not_vouched" },
  });
  const code = await device.deskCode({ parameters, seed });
  expect(await device.deskCode({ parameters, seed })).toBe(code);
  expect(await device.deskCode({ parameters, seed: bytes("another", 16) })).not.toBe(code);
  parties.vouchers.add(`${fiscalNumber} ${code}`);
  const answer = await device.enrol({ parameters, seed, signedIn });
  if (!("holding" in answer)) throw new Error("waits");
  const carla = voter({ seed, holding: answer.holding });
  await device.send({ ...carla, draft: draft(1, 1, "2") });
  await parties.record();
  expect(await device.recorded(carla)).toHaveLength(1);
});

test("a second device with the words votes again without asking any issuer for a signature", async () => {
  const { seed, holding } = await enrolled("Ada");
  await device.send({ ...voter({ seed, holding }), draft: draft(1, 1, "1") });
  parties.asked.length = 0;

  const words = await device.wordsOf({ seed });
  const read = await device.readWords({ text: words.join(" ") });
  if (!("seed" in read)) throw new Error(read.fault);
  const restored = await device.restore({ parameters, seed: read.seed });
  expect(restored).toEqual(holding);
  const again = voter({ seed: read.seed, holding: restored });
  expect(await device.fingerprint(again)).toEqual(await device.fingerprint(voter({ seed, holding })));
  // The first one still waits for its group: no list shows it, and the relay does.
  expect(await device.recorded(again)).toEqual([]);
  expect(await device.nextSeq(again)).toBe(2);
  await device.send({ ...again, draft: draft(2, 1, "4") });
  await parties.record();
  expect(await device.nextSeq(again)).toBe(3);
  expect(parties.asked.some(({ path }) => path.includes("enrolments"))).toBe(false);

  parties.closed = true;
  parties.released = true;
  expect(await device.check(again)).toMatchObject({ seq: 2, opened: { content: approval("4") } });
});

test("the same ballot sent twice gets one receipt; a credential taken twice is the same", async () => {
  const { seed, holding } = await enrolled("Ada");
  const first = await device.send({ ...voter({ seed, holding }), draft: draft(1, 1, "1") });
  const second = await device.send({ ...voter({ seed, holding }), draft: draft(1, 1, "1") });
  expect(second).toEqual(first);
  expect(parties.posts).toHaveLength(1);
  expect((await enrolled("Ada", seed)).holding).toEqual(holding);
});

test("a ballot whose receipt got lost is sent again as the device has kept it, and is one post", async () => {
  const { seed, holding } = await enrolled("Ada");
  const ada = voter({ seed, holding });
  const seq = await device.nextSeq(ada);
  const { digest } = await device.commit({ ...ada, draft: draft(seq, 2, "1") });
  const losing = requestsOf({
    primitives: webPrimitives,
    fetch: async (address, init) => {
      const answer = await parties.fetch(address, init);
      if (address.endsWith("/posts")) throw new TypeError("network");
      return answer;
    },
  });
  const drafted = { ...freshKept(seed), draft: { content: approval("1"), attempt: 2 } };
  const kept = JSON.parse(JSON.stringify(withSending(drafted, { seq, digest }))) as Kept;
  await expect(losing.send({ ...ada, draft: draft(seq, 2, "1") })).rejects.toThrow("unreachable");
  const { content, attempt, sending } = kept.draft;
  const again = { seq: sending?.seq, attempt, content } as Draft;
  expect(await device.send({ ...ada, draft: again })).toMatchObject({ seq, digest });
  expect(parties.posts).toHaveLength(1);
});

test("while the relay has a post without a promise no next ballot gets a number", async () => {
  const ada = voter(await enrolled("Ada"));
  parties.instead.set("/keys/", () => Response.json({ code: "too_busy" }, { status: 503 }));
  await expect(device.nextSeq(ada)).rejects.toEqual(
    expect.objectContaining({ code: "too_busy", party: "relay" }),
  );
});

test("an opened ballot shows what it says to anybody, and never what another attempt says", async () => {
  const ada = voter(await enrolled("Ada"));
  const committed = await device.commit({ ...ada, draft: draft(1, 1, "2", "5") });
  const proof = await device.challenge({ ...ada, draft: draft(1, 1, "2", "5") });
  const read = await device.readChallenge({ parameters, proof: JSON.parse(JSON.stringify(proof)) });
  expect(read).toEqual({ digest: committed.digest, content: approval("2", "5") });
  const next = await device.challenge({ ...ada, draft: draft(1, 2, "2", "5") });
  expect(next.ballotKey).not.toBe(proof.ballotKey);
  const fault = expect.objectContaining({ code: "bad_proof" });
  for (const other of [
    { ...proof, ballotKey: next.ballotKey },
    { ...proof, envelope: next.envelope },
    { ...proof, seq: 2 },
    { ...proof, seq: "1" },
    { ...proof, round: "another" },
    null,
  ]) {
    await expect(device.readChallenge({ parameters, proof: other })).rejects.toEqual(fault);
  }
});

test("what a claim needs is kept with the receipt: post and ephemeral open what was sent", async () => {
  const ada = voter(await enrolled("Ada"));
  const sent = await device.send({ ...ada, draft: draft(1, 1, "1") });
  const inner = await openClaim(
    webPrimitives,
    round,
    ofHex(sent.ephemeral, 32) as Uint8Array,
    ofBase64(sent.sealed) as Uint8Array,
  );
  expect(toHex(inner)).toContain(sent.key);
});

describe("a final list of several parts", () => {
  test("is checked whole, and another root or a part that was changed is noticed", async () => {
    const ada = voter(await enrolled("Ada"));
    await device.send({ ...ada, draft: draft(1, 1, "1") });
    await parties.record();
    const envelope = (parties.recorded[0] as { envelope: Uint8Array }).envelope;
    for (let i = 0; i < FINAL_BLOCK + 300; i++) {
      const strange = bytes(`key ${i}`);
      parties.recorded.push({ area: 1, voter: strange, seq: 1, digest: bytes(`d ${i}`), envelope });
    }
    parties.closed = true;
    expect(await device.check(ada)).toMatchObject({ state: "stands", seq: 1 });
    const bad = expect.objectContaining({ code: "bad_list" });
    const honest = await (await parties.fetch("/api/sealed/torino/round/final")).json();
    expect(honest.blocks).toHaveLength(2);
    parties.instead.set("/final", () => Response.json({ ...honest, root: "1".repeat(64) }));
    await expect(device.check(ada)).rejects.toEqual(bad);
    parties.instead.clear();
    // A part in which the voter's own entry has another digest.
    for (const block of [0, 1]) {
      const part = new Uint8Array(await (await parties.fetch(`/x/final/${block}`)).arrayBuffer());
      parties.instead.set(`/final/${block}`, () => new Response(part.map((byte) => byte ^ 1)));
    }
    await expect(device.check(ada)).rejects.toEqual(bad);
  });

  test("has the root that the ledger computes", async () => {
    const ada = voter(await enrolled("Ada"));
    await device.send({ ...ada, draft: draft(1, 1, "1") });
    await parties.record();
    parties.closed = true;
    const { root } = await (await parties.fetch("/api/sealed/torino/round/final")).json();
    expect(root).toBe(toHex(finalRoot(round, parties.recorded)));
  });

  test("says it of somebody who has not voted", async () => {
    parties.closed = true;
    expect(await device.check(voter(await enrolled("Bruno")))).toEqual({ state: "absent" });
  });
});

describe("a fault is named", () => {
  const fails = (running: Promise<unknown>, fault: Record<string, string>) =>
    expect(running).rejects.toEqual(expect.objectContaining(fault));

  test("of issuers", async () => {
    await fails(enrolled("stranger"), { code: "refused", party: "issuer 1", reason: "not_on_roll" });
    await enrolled("Ada");
    await fails(enrolled("Ada", bytes("other words", 16)), { code: "refused", reason: "already_issued" });
    parties.wait(2);
    parties.wait(3);
    const seed = bytes("seed of Bruno", 16);
    expect(await device.enrol({ parameters, seed, signedIn: await signedIn("Bruno", seed) })).toEqual({
      waitsUntil: "2030-06-03T10:00:00Z",
    });
  });

  test("of an issuer that answers something else, or nothing", async () => {
    const enrol = "issuer/2/v1/enrolments";
    parties.instead.set(enrol, () => Response.json({ rho: "1".repeat(64), area: 2 }));
    await fails(enrolled("Ada"), { code: "issuers_disagree" });
    parties.instead.set(enrol, () => Response.json({ rho: "1", area: 1 }));
    await fails(enrolled("Ada"), { code: "bad_answer", party: "issuer 2" });
    parties.instead.set(enrol, () => Promise.reject(new TypeError("network")));
    await fails(enrolled("Ada"), { code: "unreachable", party: "issuer 2" });
    parties.instead.set(enrol, () => new Response("", { status: 503 }));
    await fails(enrolled("Ada"), { code: "too_busy", party: "issuer 2" });
    parties.instead.clear();
    parties.instead.set("issuer/1/v1/enrolments", () => new Response("<html>", { status: 200 }));
    await fails(enrolled("Ada"), { code: "bad_answer", party: "issuer 1" });
  });

  test("of an issuer that signs something else", async () => {
    let answers = 0;
    const real = new Counterpart(round, issuers);
    const wrong = requestsOf({
      primitives: webPrimitives,
      fetch: async (address, init) => {
        const answer = await real.fetch(address, init);
        if (!address.includes("issuer/3/v1/enrolments")) return answer;
        answers += 1;
        if (answers === 1) return answer;
        return Response.json({
          signed: Buffer.from(bytes("wrong").slice(0, 1)).toString("base64").padEnd(512, "A"),
        });
      },
    });
    const seed = bytes("seed", 16);
    const running = wrong.enrol({ parameters, seed, signedIn: await signedIn("Ada", seed) });
    await expect(running).rejects.toEqual(expect.objectContaining({ party: "issuer 3" }));
  });

  test("without the public list the vote counts, and a second device says why it cannot", async () => {
    parties.instead.set("v1/rhos", () => new Response("", { status: 503 }));
    const { seed, holding, listed } = await enrolled("Ada");
    expect(listed).toBe(false);
    await device.send({ ...voter({ seed, holding }), draft: draft(1, 1, "1") });
    parties.instead.clear();
    await fails(device.restore({ parameters, seed }), { code: "not_listed" });
    expect(await device.list(voter({ seed, holding }))).toBe(true);
    expect(await device.restore({ parameters, seed })).toEqual(holding);
  });

  test("an entry that somebody else put under the same tag does not hide the voter's own", async () => {
    const { seed, holding } = await enrolled("Ada");
    const [entry] = parties.entries as [Uint8Array];
    parties.entries.unshift(entry.map((byte, i) => (i < 16 ? byte : byte ^ 1)));
    expect(await device.restore({ parameters, seed })).toEqual(holding);
  });

  test("of the relay", async () => {
    const ada = voter(await enrolled("Ada"));
    const sent = await device.send({ ...ada, draft: draft(1, 1, "1") });
    const receipt = ofBase64(sent.receipt) as Uint8Array;
    const sending = () => device.send({ ...ada, draft: draft(2, 1, "1") });
    parties.instead.set("/posts", () => new Response(new Uint8Array(receipt)));
    await fails(sending(), { code: "bad_receipt" });
    parties.instead.set("/posts", () => new Response("no"));
    await fails(sending(), { code: "bad_receipt" });
    parties.instead.set("/posts", () => Response.json({ code: "ended" }, { status: 409 }));
    await fails(sending(), { code: "refused", party: "relay", reason: "ended" });
    parties.instead.clear();
    // A gap that the relay invents would make the next ballot one that never counts.
    const forged = receipt.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
    parties.instead.set("/keys/", () =>
      Response.json({ receipts: [sent.receipt, Buffer.from(forged).toString("base64")] }),
    );
    await fails(device.nextSeq(ada), { code: "bad_receipt" });
    parties.instead.set("/keys/", () => Response.json({ receipts: [sent.receipt, sent.receipt] }));
    expect(await device.nextSeq(ada)).toBe(2);
  });

  test("of parameters", async () => {
    const good = await parties.parameters();
    const weak = "0".repeat(64);
    for (const other of [
      null,
      { ...good, version: 2 },
      { ...good, digest: "ab" },
      { ...good, areas: [] },
      { ...good, opener: weak },
      { ...good, relay: weak },
      { ...good, trustees: [good.trustees[0], good.trustees[1], weak] },
      { ...good, posting: good.posting.slice(4) },
      { ...good, layout: { ...good.layout, slots: 0 } },
      { ...good, addresses: { ...good.addresses, relay: "javascript:alert(1)" } },
    ]) {
      await fails(device.restore({ parameters: other, seed: bytes("seed", 16) }), { code: "bad_parameters" });
    }
  });
});

test.each([
  ["knapsack", { type: "knapsack", choices: ["2", "9"] }],
  ["choice", { type: "choice", choices: ["4"] }],
  ["ranking", { type: "ranking", choices: ["9", "2", "4"] }],
  ["points", { type: "points", choices: ["2", "9"], points: ["3", "7"] }],
] as const)("a %s ballot reads after the opening as it was chosen", async (type, content) => {
  round = await trialRound(ballotLayout({ type, maxChoices: type === "choice" ? 1 : 4 }, 12));
  parties = new Counterpart(round, issuers);
  device = requestsOf({ primitives: webPrimitives, fetch: parties.fetch });
  parameters = await parties.parameters();
  const ada = voter(await enrolled("Ada"));
  await device.send({ ...ada, draft: { seq: 1, attempt: 1, content } });
  await parties.record();
  parties.closed = true;
  parties.released = true;
  expect(await device.check(ada)).toMatchObject({ opened: { content } });
});
