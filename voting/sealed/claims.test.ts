import { beforeAll, expect, test } from "vitest";
import { type Cast, encodeCast } from "./cast";
import { type Claim, judgeClaim } from "./claims";
import { envelopeDigest } from "./envelope";
import type { RecordedBallot } from "./final-list";
import { nodePrimitives as machine } from "./node";
import { postDigest, sealCast } from "./post";
import { type Keeper, postingOrder, receiptMessage } from "./receipts";
import { keptIssuers } from "./testing/protocol-values";
import {
  AREA,
  bytes,
  type TrialRound,
  type TrialVoter,
  trialCast,
  trialRound,
  trialVoter,
} from "./testing/trial-round";
import { postEphemeral } from "./voter-keys";

const issuers = keptIssuers();
const issuersOf = (area: number) => (area === AREA ? issuers.area : undefined);
const secrets = { relay: bytes("relay"), "copy-keeper": bytes("copy-keeper") };
let keepers: Record<Keeper, Uint8Array>;
let round: TrialRound;
let voter: TrialVoter;

beforeAll(async () => {
  round = await trialRound();
  voter = await trialVoter(round, issuers, "Ada");
  keepers = {
    relay: await machine.ed25519PublicKey(secrets.relay),
    "copy-keeper": await machine.ed25519PublicKey(secrets["copy-keeper"]),
  };
});

/** What a voter shows who has posted a cast and was given a receipt. */
async function claimFor(cast: Cast): Promise<Claim> {
  const inner = encodeCast(round, cast);
  const ephemeral = postEphemeral(voter.root, inner);
  const sealed = await sealCast(machine, round, ephemeral, inner);
  const post = postDigest(sealed);
  const promise = { position: 1, post, order: postingOrder(round.digest, null, post) };
  const sign = (keeper: Keeper) =>
    machine.ed25519Sign(secrets[keeper], receiptMessage(keeper, round.digest, promise));
  const signatures = { relay: await sign("relay"), "copy-keeper": await sign("copy-keeper") };
  return { receipt: { ...promise, signatures }, sealed, ephemeral };
}

const recordedAs = ({ area, voter: key, seq, envelope }: Cast): RecordedBallot => ({
  ...{ area, voter: key, seq },
  digest: envelopeDigest(envelope),
});
const judge = (claim: Claim, recorded: RecordedBallot[] = []) =>
  judgeClaim(machine, round, keepers, issuersOf, recorded, claim);

test("a promise is broken when its ballot could be recorded and is not", async () => {
  const [first, second] = [await trialCast(round, voter), await trialCast(round, voter, { seq: 2 })];
  expect(await judge(await claimFor(first))).toBe("broken");
  expect(await judge(await claimFor(first), [recordedAs(first)])).toBe("kept");
  expect(await judge(await claimFor(second), [recordedAs(first)])).toBe("broken");
  expect(await judge(await claimFor(second), [recordedAs(first), recordedAs(second)])).toBe("kept");
  const otherPerson = { ...recordedAs(first), voter: bytes("somebody else") };
  expect(await judge(await claimFor(first), [otherPerson])).toBe("broken");
});

test("a ballot of the same place that was recorded first keeps the promise", async () => {
  const other = await trialCast(round, voter, { choices: ["7"] });
  expect(await judge(await claimFor(await trialCast(round, voter)), [recordedAs(other)])).toBe("kept");
});

test("nothing was due for a ballot that could not be recorded", async () => {
  expect(await judge(await claimFor(await trialCast(round, voter, { seq: 2 })))).toBe("not_due");
  const cast = await trialCast(round, voter);
  const unsigned = { ...cast, signature: cast.signature.with(3, (cast.signature[3] as number) ^ 1) };
  expect(await judge(await claimFor(unsigned))).toBe("not_due");
  expect(await judge(await claimFor({ ...cast, area: 2 }))).toBe("not_due");
});

test("a claim needs the receipt of this post and the ephemeral that opens it", async () => {
  const claim = await claimFor(await trialCast(round, voter));
  const other = await claimFor(await trialCast(round, voter, { choices: ["7"] }));
  expect(await judge({ ...claim, receipt: other.receipt })).toBe("no_receipt");
  expect(await judge({ ...claim, receipt: { ...claim.receipt, position: 2 } })).toBe("no_receipt");
  expect(await judge({ ...claim, ephemeral: other.ephemeral })).toBe("not_opened");
});
