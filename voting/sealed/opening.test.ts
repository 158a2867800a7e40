import { beforeAll, expect, test } from "vitest";
import { encodeBallot } from "./ballot-layout";
import { sealEnvelope, type TrusteeSecret } from "./envelope";
import { nodePrimitives } from "./node";
import { isReleasedKey, openBallot, sortedContents } from "./opening";
import type { BallotPlace } from "./round";
import { AREA, bytes, type TrialRound, trialRound } from "./testing/trial-round";
import { ballotKey } from "./voter-keys";

let round: TrialRound;
let place: BallotPlace;
beforeAll(async () => {
  round = await trialRound();
  place = { area: AREA, voter: await nodePrimitives.ed25519PublicKey(bytes("voter")), seq: 1 };
});

const approval = (choices: string[], attempt = 1) => ({
  attempt,
  content: { type: "approval", choices } as const,
});

async function opened(plaintext: Uint8Array, spoil = (envelope: Uint8Array) => envelope) {
  const key = ballotKey(bytes("root"), round, place, plaintext);
  const envelope = spoil(await sealEnvelope(nodePrimitives, round, place, key, plaintext));
  const [a, b, c] = round.trusteeSecrets as [TrusteeSecret, TrusteeSecret, TrusteeSecret];
  const pairs: [TrusteeSecret, TrusteeSecret][] = [
    [a, b],
    [a, c],
    [b, c],
  ];
  const all = await Promise.all(
    pairs.map((pair) => openBallot(nodePrimitives, round, place, pair, envelope)),
  );
  expect(all[1]).toEqual(all[0]);
  expect(all[2]).toEqual(all[0]);
  return all[0];
}

test("a ballot opens, an envelope nobody honest made is void, and so is one that holds no ballot", async () => {
  const plaintext = encodeBallot(round.layout, approval(["3"], 2));
  expect(await opened(plaintext)).toMatchObject({ ballot: approval(["3"], 2) });
  const spoil = (envelope: Uint8Array) => envelope.with(150, (envelope[150] as number) ^ 4);
  expect(await opened(plaintext, spoil)).toEqual({ void: "not_made_again" });
  expect(await opened(new Uint8Array(plaintext.length))).toEqual({ void: "malformed" });
});

test("a released key is that of its public key, and no other", async () => {
  const [first, second] = round.trusteeSecrets as [TrusteeSecret, TrusteeSecret];
  const released = (key: Uint8Array, secret: Uint8Array) => isReleasedKey(nodePrimitives, key, secret);
  expect(await released(round.trustees[0], first.secret)).toBe(true);
  expect(await released(round.trustees[0], second.secret)).toBe(false);
  expect(await released(round.trustees[0], first.secret.slice(1))).toBe(false);
  expect(await released(new Uint8Array(32), first.secret)).toBe(false);
});

test("published ballots are in the order of their choices, whatever order they were opened in", () => {
  const ballots = [approval(["2", "3"], 9), approval(["10"]), approval([]), approval(["2", "3"])];
  const sorted = sortedContents(ballots);
  expect(sorted).toEqual(sortedContents([...ballots].reverse()));
  expect(sorted.map(({ choices }) => choices.join())).toEqual(["10", "2,3", "2,3", ""]);
  expect(JSON.stringify(sorted)).not.toContain("attempt");
});
