/** A sealed round in which some voters' devices do not keep to the protocol: nobody notices before the opening. */
import { people } from "@/chaincode/testing/people";
import {
  castOf,
  type Elector,
  electors,
  hex,
  published,
  sealedRoundOf,
  secrets,
} from "@/chaincode/testing/sealed-election";
import {
  castGroup,
  id,
  programs,
  reception,
  released,
  trustees,
  withSealedOpen,
} from "@/chaincode/testing/sealed-story";
import { outcome } from "@/chaincode/testing/story";
import type { PostClaim } from "@/verifier/sealed/claims";
import { encodeBallot } from "@/voting/sealed/ballot-layout";
import { type Cast, encodeCast, signCast } from "@/voting/sealed/cast";
import { sealEnvelope } from "@/voting/sealed/envelope";
import { nodePrimitives } from "@/voting/sealed/node";
import { encodePost, postDigest, sealCast, signPost } from "@/voting/sealed/post";
import { encodeReceipt, postingOrder, receiptMessage } from "@/voting/sealed/receipts";
import type { SealedRound } from "@/voting/sealed/round";
import { bytes } from "@/voting/sealed/testing/trial-round";
import { ballotKey, postEphemeral } from "@/voting/sealed/voter-keys";
import { type PlainTransaction, RecordedCity } from "./recorded-city";

/** What is wrong with an envelope, and why it is then void; null where it counts. */
const crafts: readonly [
  name: string,
  why: string | null,
  craft: (device: Device) => Promise<Uint8Array> | Uint8Array,
][] = [
  [
    "the third trustee's share is another: two of the pairs see another K",
    "not made again",
    ({ honest }) => flip(honest, 33 + 160 + 40),
  ],
  ["a share's ephemeral is another", "not made again", ({ honest }) => flip(honest, 33)],
  ["the commitment is to another K", "not made again", ({ honest }) => flip(honest, 1)],
  [
    "the ballot is sealed under another K",
    "not made again",
    ({ honest, other }) => Uint8Array.from([...honest.subarray(0, 273), ...other.subarray(273)]),
  ],
  ["the version is another", "not made again", ({ honest }) => Uint8Array.from([2, ...honest.subarray(1)])],
  [
    "choices are not in their order",
    "malformed",
    ({ seal }) => seal(Uint8Array.from([1, 1, 0, 2, 0, 2, 0, 1])),
  ],
  ["a choice is not on the ballot", null, ({ seal }) => seal(Uint8Array.from([1, 1, 0, 1, 0, 9, 0, 0]))],
  ["K is that of the next one", null, ({ seal, shared, plaintext }) => seal(plaintext, shared)],
  ["K is that of the one before", null, ({ seal, shared, plaintext }) => seal(plaintext, shared)],
  ["it is that of somebody else", "not made again", ({ first }) => first],
];

interface Device {
  readonly honest: Uint8Array;
  /** Another envelope of the same voter. */
  readonly other: Uint8Array;
  /** Of the first voter of the other area. */
  readonly first: Uint8Array;
  readonly shared: Uint8Array;
  readonly plaintext: Uint8Array;
  seal(plaintext: Uint8Array, key?: Uint8Array): Promise<Uint8Array>;
}

export const voided = crafts.flatMap(([name, why]) => (why === null ? [] : [{ name, why }]));
/** Ten crafted ones and two honest ones in the first area, eleven honest ones in the second: one is void at the count. */
export const craftedOutcome = outcome([1], [15, 0], { ballots: 15, void: voided.length + 1 });
/** As if the crafted ones had counted too. */
export const falseOutcome = outcome([1], [21, 0], { ballots: 22, void: 1 });

let told: Promise<{ transactions: PlainTransaction[]; claims: Record<string, PostClaim> }> | undefined;

export async function craftedStory() {
  told ??= tell();
  return structuredClone(await told);
}

async function tell() {
  const city = await RecordedCity.told();
  await withSealedOpen(city);
  const round = sealedRoundOf(city.record("round", id));
  const [voters, others] = await Promise.all([electors(round, 1, 14), electors(round, 2, 11)]);
  const second = await Promise.all(others.map((voter) => castOf(round, voter, [1])));
  const honest = await Promise.all(voters.map((voter) => castOf(round, voter, [1])));
  const first: Cast[] = [];
  for (const [index, voter] of voters.slice(0, 12).entries()) {
    const cast = honest[index] as Cast;
    const craft = crafts[index]?.[2];
    const envelope = craft && (await craft(await deviceOf(round, voter, cast, second[0] as Cast)));
    const { secret, credentials } = voter;
    first.push(envelope ? await signCast(nodePrimitives, round, cast, secret, credentials, envelope) : cast);
  }
  await castGroup(city, first);
  await castGroup(city, second);
  await city.advanceTo("2026-02-11");
  await city.submit(programs.relay, "sealed:endReception", await reception(city, 24));
  await city.submit(people.service, "rounds:close", { id });
  for (let done = false; !done; )
    done = (await city.submit(programs.opener, "sealed:list", { round: id })).result?.done === true;
  for (const casts of [first, second])
    await city.submit(programs.opener, "sealed:publish", published(id, casts));
  await city.submit(programs.opener, "sealed:completePublication", { round: id });
  for (const index of [0, 1])
    await city.submit(trustees[index] as never, "sealed:release", released(index) as never);
  await city.submit(people.officer, "rounds:count", { id, outcome: craftedOutcome });
  const claims = {
    kept: await claimOf(round, voters[11] as Elector, first[11] as Cast),
    broken: await claimOf(round, voters[12] as Elector, honest[12] as Cast),
    outOfOrder: await claimOf(
      round,
      voters[13] as Elector,
      await castOf(round, voters[13] as Elector, [1], 2),
    ),
    unsigned: await claimOf(round, voters[12] as Elector, honest[12] as Cast, bytes("no keeper")),
  };
  return { transactions: city.transactions, claims };
}

async function deviceOf(round: SealedRound, voter: Elector, cast: Cast, first: Cast): Promise<Device> {
  const plaintext = encodeBallot(round.layout, { attempt: 1, content: { type: "approval", choices: ["1"] } });
  return {
    honest: cast.envelope,
    other: (await castOf(round, voter, [2])).envelope,
    first: first.envelope,
    shared: bytes("a K of two voters"),
    plaintext,
    seal: (text, key = ballotKey(voter.root, round, cast, text)) =>
      sealEnvelope(nodePrimitives, round, cast, key, text),
  };
}

/** What a voter hands over: the post, its ephemeral and the receipt of both keepers. */
async function claimOf(
  round: SealedRound,
  voter: Elector,
  cast: Cast,
  relay = secrets.relay,
): Promise<PostClaim> {
  const inner = encodeCast(round, cast);
  const ephemeral = postEphemeral(voter.root, inner);
  const sealed = await sealCast(nodePrimitives, round, ephemeral, inner);
  const post = await signPost(nodePrimitives, round, voter.postingSecret, voter.postingCredential, sealed);
  const promise = {
    position: 7,
    post: postDigest(sealed),
    order: postingOrder(round.digest, null, postDigest(sealed)),
  };
  const sign = (keeper: "relay" | "copy-keeper", secret: Uint8Array) =>
    nodePrimitives.ed25519Sign(secret, receiptMessage(keeper, round.digest, promise));
  const signatures = {
    relay: await sign("relay", relay),
    "copy-keeper": await sign("copy-keeper", secrets.copyKeeper),
  };
  return {
    post: hex(encodePost(round, post)),
    ephemeral: hex(ephemeral),
    receipt: hex(encodeReceipt({ ...promise, signatures })),
  };
}

function flip(envelope: Uint8Array, at: number): Uint8Array {
  return envelope.with(at, (envelope[at] as number) ^ 1);
}
