import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { BALLOT_TYPES, type BallotContent } from "../ballots/content";
import { ballotLayout, encodeBallot } from "./ballot-layout";
import { concat } from "./bytes";
import {
  envelopeDigest,
  envelopeLength,
  openEnvelope,
  openShare,
  openWithKey,
  sealEnvelope,
  type TrusteeSecret,
} from "./envelope";
import { nodePrimitives } from "./node";
import type { BallotPlace } from "./round";
import { combineShares } from "./sharing";
import { AREA, bytes, type TrialRound, trialRound } from "./testing/trial-round";
import { ballotKey } from "./voter-keys";
import { webPrimitives } from "./web";

const root = bytes("root");
let round: TrialRound;
let place: BallotPlace;
let plaintext: Uint8Array;
let key: Uint8Array;
let envelope: Uint8Array;
let pairs: [TrusteeSecret, TrusteeSecret][];

beforeAll(async () => {
  round = await trialRound();
  place = { area: AREA, voter: await nodePrimitives.ed25519PublicKey(bytes("voter")), seq: 1 };
  plaintext = ballot(["2", "5"]);
  key = ballotKey(root, round, place, plaintext);
  envelope = await sealEnvelope(nodePrimitives, round, place, key, plaintext);
  pairs = pairsOf(round);
});

const open = (pair: [TrusteeSecret, TrusteeSecret], bytesOf = envelope, at = place) =>
  openEnvelope(nodePrimitives, round, at, pair, bytesOf);

test("any two trustees open the same ballot and key", async () => {
  for (const pair of pairs) expect(await open(pair)).toEqual({ key, plaintext });
});

test("both machines seal the same bytes", async () => {
  expect(await sealEnvelope(webPrimitives, round, place, key, plaintext)).toEqual(envelope);
  expect(await openEnvelope(webPrimitives, round, place, pairs[1] as never, envelope)).toEqual({
    key,
    plaintext,
  });
});

test("an envelope altered in any byte opens for nobody", async () => {
  for (let at = 0; at < envelope.length; at++) {
    const altered = envelope.with(at, (envelope[at] as number) ^ (1 << (at % 8)));
    for (const pair of pairs) expect(await open(pair, altered)).toBeNull();
    expect(await openWithKey(nodePrimitives, round, place, key, altered)).toBeNull();
  }
});

test("an envelope of another length opens for nobody", async () => {
  for (const wrong of [
    new Uint8Array(),
    envelope.slice(1),
    envelope.slice(0, -1),
    concat(envelope, new Uint8Array(1)),
  ]) {
    for (const pair of pairs) expect(await open(pair, wrong)).toBeNull();
    expect(await openWithKey(nodePrimitives, round, place, key, wrong)).toBeNull();
  }
});

test("an envelope opens at its own place only", async () => {
  const elsewhere: BallotPlace[] = [
    { ...place, seq: 2 },
    { ...place, area: 2 },
    { ...place, voter: await nodePrimitives.ed25519PublicKey(bytes("another voter")) },
  ];
  for (const at of elsewhere) {
    for (const pair of pairs) expect(await open(pair, envelope, at)).toBeNull();
    expect(await openWithKey(nodePrimitives, round, at, key, envelope)).toBeNull();
  }
  const otherRound = { ...round, digest: bytes("another freeze") };
  expect(await openEnvelope(nodePrimitives, otherRound, place, pairs[0] as never, envelope)).toBeNull();
});

describe("an envelope made to open in two ways is void whoever opens it", () => {
  const shareAt = (trustee: 1 | 2 | 3) => 33 + 80 * (trustee - 1);
  const withShares = (other: Uint8Array, ...trustees: (1 | 2 | 3)[]) => {
    const mixed = envelope.slice();
    for (const trustee of trustees) {
      mixed.set(other.subarray(shareAt(trustee), shareAt(trustee) + 80), shareAt(trustee));
    }
    return mixed;
  };

  test("with one trustee's share of another key, whose commitment is the same", async () => {
    // The share is sealed beside this commitment, as only the ballot's own maker can do.
    const { hpkeSeal } = await import("./hpke");
    const { labelled, digest } = await import("./labels");
    const { placeBytes } = await import("./round");
    const info = labelled("share", placeBytes(round, place), Uint8Array.of(3), digest("key commitment", key));
    const forged = envelope.slice();
    forged.set(
      await hpkeSeal(
        nodePrimitives,
        { recipient: round.trustees[2], ephemeral: bytes("forger"), info },
        bytes("share of something else"),
      ),
      shareAt(3),
    );
    // It does open for trustee 3, and trustees 1 and 2 do get the key.
    await openShare(nodePrimitives, round, place, round.trusteeSecrets[2] as TrusteeSecret, forged);
    const shares = await Promise.all(
      round.trusteeSecrets.slice(0, 2).map(async (trustee) => ({
        trustee: trustee.trustee,
        share: await openShare(nodePrimitives, round, place, trustee, forged),
      })),
    );
    expect(combineShares(shares as never)).toEqual(key);
    for (const pair of pairs) expect(await open(pair, forged)).toBeNull();
  });

  test("with the shares of another ballot of the same voter", async () => {
    const second = ballot(["2", "5"], 2);
    const otherKey = ballotKey(root, round, place, second);
    const other = await sealEnvelope(nodePrimitives, round, place, otherKey, second);
    for (const mixed of [withShares(other, 1), withShares(other, 1, 2), withShares(other, 1, 2, 3)]) {
      for (const pair of pairs) expect(await open(pair, mixed)).toBeNull();
    }
  });
});

test("K is another for every plaintext and place, and the same for the same", () => {
  const cases = fc.record({
    seed: fc.integer({ min: 0, max: 3 }),
    seq: fc.integer({ min: 1, max: 20 }),
    area: fc.integer({ min: 1, max: 3 }),
    attempt: fc.integer({ min: 1, max: 255 }),
    choices: fc.shuffledSubarray(["1", "2", "3", "4", "5"], { maxLength: 4 }),
  });
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(cases, ({ seed, seq, area, attempt, choices }) => {
      const text = ballot(choices, attempt);
      const at = { area, voter: place.voter, seq };
      const made = Buffer.from(ballotKey(bytes(`root ${seed}`), round, at, text)).toString("hex");
      const what = JSON.stringify([seed, seq, area, Buffer.from(text).toString("hex")]);
      expect(seen.get(made) ?? what).toBe(what);
      seen.set(made, what);
    }),
    { numRuns: 2000 },
  );
  expect(seen.size).toBeGreaterThan(1000);
});

test("envelopes of all ballots of a round are equally long, and each has a digest of its own", async () => {
  for (const type of BALLOT_TYPES) {
    const layout = ballotLayout({ type, maxChoices: type === "choice" ? 1 : 3 }, 7);
    const other = await trialRound(layout);
    const digests = new Set<string>();
    for (const choices of [[], ["1"], ["3"]]) {
      const content = (
        type === "points" ? { type, choices, points: choices.map(() => "1.5") } : { type, choices }
      ) as BallotContent;
      const text = encodeBallot(layout, { attempt: 1, content });
      const sealed = await sealEnvelope(
        nodePrimitives,
        other,
        place,
        ballotKey(root, other, place, text),
        text,
      );
      expect(sealed.length).toBe(envelopeLength(other));
      digests.add(Buffer.from(envelopeDigest(sealed)).toString("hex"));
      const [pair] = pairsOf(other);
      expect((await openEnvelope(nodePrimitives, other, place, pair as never, sealed))?.plaintext).toEqual(
        text,
      );
    }
    expect(digests.size).toBe(3);
  }
});

test("a trustee's key of small order seals nothing", async () => {
  const weak = { ...round, trustees: [round.trustees[0], new Uint8Array(32), round.trustees[2]] as const };
  await expect(sealEnvelope(nodePrimitives, weak, place, key, plaintext)).rejects.toEqual(
    expect.objectContaining({ code: "weak_key" }),
  );
});

function ballot(choices: string[], attempt = 1): Uint8Array {
  return encodeBallot(round.layout, { attempt, content: { type: "approval", choices } });
}

function pairsOf({ trusteeSecrets }: TrialRound): [TrusteeSecret, TrusteeSecret][] {
  const [a, b, c] = trusteeSecrets as [TrusteeSecret, TrusteeSecret, TrusteeSecret];
  return [
    [a, b],
    [c, a],
    [b, c],
  ];
}
