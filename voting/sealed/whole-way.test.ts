/** One voter from enrolment to the opened ballot, and what each step on the way refuses. */
import { beforeAll, describe, expect, test } from "vitest";
import { decodeBallot } from "./ballot-layout";
import { concat } from "./bytes";
import { type Cast, castFault, castLength, decodeCast, encodeCast } from "./cast";
import { postingMessage } from "./credentials";
import {
  type EnrolmentRequest,
  enrolmentMessage,
  enrolmentNonce,
  isEnrolmentRequest,
  rhoOf,
} from "./enrolment";
import { openEnvelope } from "./envelope";
import { nodePrimitives as machine } from "./node";
import {
  decodePost,
  encodePost,
  openCast,
  openClaim,
  type Post,
  postDigest,
  postFault,
  postLength,
  sealCast,
  signPost,
} from "./post";
import { decodeReceipt, encodeReceipt, isReceipt, postingOrder, receiptMessage } from "./receipts";
import { openHolding, RHO_ENTRY, rhoTag, sealHolding } from "./rho-list";
import {
  AREA,
  bytes,
  type TrialIssuers,
  type TrialRound,
  type TrialVoter,
  trialCast,
  trialIssuers,
  trialRound,
  trialVoter,
} from "./testing/trial-round";
import { enrolmentSecret, postEphemeral, rootSecret, voterSecret } from "./voter-keys";
import { webPrimitives } from "./web";

let round: TrialRound;
let issuers: TrialIssuers;
let voter: TrialVoter;
let cast: Cast;
let inner: Uint8Array;
let sealed: Uint8Array;
let post: Post;

beforeAll(async () => {
  round = await trialRound();
  issuers = trialIssuers();
  voter = await trialVoter(round, issuers, "Ada");
  cast = await trialCast(round, voter);
  inner = encodeCast(round, cast);
  sealed = await sealCast(machine, round, postEphemeral(voter.root, inner), inner);
  post = await signPost(machine, round, voter.postingSecret, voter.postingCredential, sealed);
});

const fault = (changed: Partial<Cast>, keys = issuers.area) =>
  castFault(machine, round, keys, { ...cast, ...changed });
const flip = (original: Uint8Array, at: number) => original.with(at, (original[at] as number) ^ 1);

test("a ballot is posted, opened by the opener and by two trustees, and reads as it was cast", async () => {
  const arrived = decodePost(round, encodePost(round, post));
  expect(await postFault(machine, round, issuers.posting, arrived)).toBeNull();
  const opened = decodeCast(round, await openCast(machine, round, round.openerSecret, arrived.sealed));
  expect(opened).toEqual(cast);
  expect(await castFault(machine, round, issuers.area, opened)).toBeNull();
  const [first, , third] = round.trusteeSecrets;
  const ballot = await openEnvelope(
    machine,
    round,
    opened,
    [third as never, first as never],
    opened.envelope,
  );
  expect(decodeBallot(round.layout, ballot?.plaintext as Uint8Array)).toEqual({
    attempt: 1,
    content: { type: "approval", choices: ["2", "5"] },
  });
});

test("another device with the same words makes the same bytes, on either machine", async () => {
  const again = await trialVoter(round, issuers, "Ada", webPrimitives);
  const castAgain = await trialCast(round, again, {}, webPrimitives);
  expect(castAgain).toEqual(cast);
  const sealedAgain = await sealCast(webPrimitives, round, postEphemeral(again.root, inner), inner);
  const postAgain = await signPost(
    webPrimitives,
    round,
    again.postingSecret,
    again.postingCredential,
    sealedAgain,
  );
  expect(encodePost(round, postAgain)).toEqual(encodePost(round, post));
});

test("two people have no secret in common, not even with the same seed", async () => {
  const other = await trialVoter(round, issuers, "Bruno");
  expect(other.key).not.toEqual(voter.key);
  const sameSeed = rootSecret(voter.seed, other.rhos, round.digest);
  expect(voterSecret(sameSeed, AREA)).not.toEqual(voter.secret);
  expect(sameSeed).not.toEqual(voter.root);
  expect(rootSecret(voter.seed, voter.rhos, bytes("another freeze"))).not.toEqual(voter.root);
});

describe("a cast is refused", () => {
  test("in each of its parts", async () => {
    expect(await fault({ area: 2 })).toBe("bad_credential");
    expect(await fault({ area: 0 })).toBe("malformed");
    expect(await fault({ area: 70_000 })).toBe("malformed");
    expect(await fault({ seq: 2 })).toBe("bad_signature");
    expect(await fault({ seq: 21 })).toBe("malformed");
    expect(await fault({ seq: 0 })).toBe("malformed");
    expect(await fault({ voter: new Uint8Array(32) })).toBe("weak_key");
    expect(await fault({ voter: cast.voter.slice(1) })).toBe("malformed");
    expect(await fault({ envelope: flip(cast.envelope, 60) })).toBe("bad_signature");
    expect(await fault({ envelope: cast.envelope.slice(1) })).toBe("malformed");
    expect(await fault({ signature: flip(cast.signature, 3) })).toBe("bad_signature");
  });

  test("without all three issuers, each by its own key", async () => {
    const [a, b, c] = cast.credentials;
    expect(await fault({ credentials: [a, b, flip(c, 100)] })).toBe("bad_credential");
    expect(await fault({ credentials: [a, b, b] })).toBe("bad_credential");
    expect(await fault({ credentials: [b, a, c] })).toBe("bad_credential");
    const [x, y, z] = issuers.area;
    expect(await fault({}, [x, y, issuers.posting])).toBe("bad_credential");
    expect(await fault({}, [x, z, y])).toBe("bad_credential");
  });

  test("with another voter's key under the same credentials", async () => {
    const thief = await trialVoter(round, issuers, "Carla");
    const stolen = await trialCast(round, { ...thief, credentials: voter.credentials });
    expect(await castFault(machine, round, issuers.area, stolen)).toBe("bad_credential");
  });

  test("in bytes of another length, version or round", () => {
    expect(inner.length).toBe(castLength(round));
    expect(() => decodeCast(round, inner.slice(1))).toThrow("bytes instead of");
    expect(() => decodeCast(round, concat(inner, new Uint8Array(1)))).toThrow("bytes instead of");
    expect(() => decodeCast(round, flip(inner, 0))).toThrow("version");
    expect(() => decodeCast(round, flip(inner, 1))).toThrow("another round");
    expect(() => decodeCast(round, inner.with(67, 21))).toThrow("seq");
    expect(() => decodeCast(round, inner.with(33, 0).with(34, 0))).toThrow("area");
  });
});

describe("a post", () => {
  test("is refused in each of its parts", async () => {
    const check = (changed: Partial<Post>, key = issuers.posting) =>
      postFault(machine, round, key, { ...post, ...changed });
    expect(await check({ credential: flip(post.credential, 7) })).toBe("bad_credential");
    expect(await check({}, issuers.area[0])).toBe("bad_credential");
    expect(await check({ sealed: flip(post.sealed, 50) })).toBe("bad_signature");
    expect(await check({ signature: flip(post.signature, 0) })).toBe("bad_signature");
    expect(await check({ sealed: post.sealed.slice(1) })).toBe("malformed");
    expect(await check({ postingKey: post.postingKey.slice(1) })).toBe("malformed");
    const bytesOfPost = encodePost(round, post);
    expect(bytesOfPost.length).toBe(postLength(round));
    expect(() => decodePost(round, bytesOfPost.slice(1))).toThrow("bytes instead of");
    expect(() => decodePost(round, flip(bytesOfPost, 0))).toThrow("version");
    expect(() => decodePost(round, flip(bytesOfPost, 2))).toThrow("another round");
  });

  test("opens for the opener alone, and not once altered", async () => {
    const refused = expect.objectContaining({ code: "not_opened" });
    await expect(openCast(machine, round, bytes("another"), post.sealed)).rejects.toEqual(refused);
    await expect(openCast(machine, round, round.openerSecret, flip(post.sealed, 40))).rejects.toEqual(
      refused,
    );
    const elsewhere = { ...round, digest: bytes("another freeze") };
    await expect(openCast(machine, elsewhere, round.openerSecret, post.sealed)).rejects.toEqual(refused);
  });

  test("has no ephemeral key twice: another cast gets another", async () => {
    const second = encodeCast(round, await trialCast(round, voter, { seq: 2 }));
    expect(postEphemeral(voter.root, second)).not.toEqual(postEphemeral(voter.root, inner));
  });

  test("is shown by its sender with the ephemeral, and by nobody without it", async () => {
    expect(await openClaim(machine, round, postEphemeral(voter.root, inner), post.sealed)).toEqual(inner);
    await expect(openClaim(machine, round, bytes("guess"), post.sealed)).rejects.toEqual(
      expect.objectContaining({ code: "not_opened" }),
    );
  });

  test("carries a credential for posting that is none for voting", async () => {
    expect(postingMessage(round.digest, post.postingKey)).not.toEqual(cast.voter);
    const asVote = [post.credential, post.credential, post.credential] as const;
    expect(await fault({ credentials: asVote })).toBe("bad_credential");
  });
});

describe("a receipt", () => {
  const secrets = { relay: bytes("relay"), "copy-keeper": bytes("copy-keeper") };

  async function receiptOf(position = 1) {
    const hash = postDigest(post.sealed);
    const promise = { position, post: hash, order: postingOrder(round.digest, null, hash) };
    const signed = (keeper: "relay" | "copy-keeper") =>
      machine.ed25519Sign(secrets[keeper], receiptMessage(keeper, round.digest, promise));
    return {
      ...promise,
      signatures: { relay: await signed("relay"), "copy-keeper": await signed("copy-keeper") },
    };
  }

  test("holds with both signatures, and for this post, place and round only", async () => {
    const keys = {
      relay: await machine.ed25519PublicKey(secrets.relay),
      "copy-keeper": await machine.ed25519PublicKey(secrets["copy-keeper"]),
    };
    const receipt = decodeReceipt(encodeReceipt(await receiptOf()));
    expect(await isReceipt(machine, round.digest, keys, receipt)).toBe(true);
    const { relay, "copy-keeper": copy } = receipt.signatures;
    const wrong = [
      { ...receipt, position: 2 },
      { ...receipt, post: bytes("another post") },
      { ...receipt, order: bytes("another order") },
      { ...receipt, signatures: { relay: copy, "copy-keeper": relay } },
      { ...receipt, signatures: { relay, "copy-keeper": relay } },
    ];
    for (const other of wrong) expect(await isReceipt(machine, round.digest, keys, other)).toBe(false);
    expect(await isReceipt(machine, bytes("another freeze"), keys, receipt)).toBe(false);
    expect(() => decodeReceipt(encodeReceipt(receipt).slice(1))).toThrow("version");
    expect(() => decodeReceipt(encodeReceipt(receipt).slice(0, -1))).toThrow("too short");
    expect(() => decodeReceipt(concat(encodeReceipt(receipt), new Uint8Array(1)))).toThrow("too long");
  });

  test("fixes the order of all posts before it", () => {
    const [a, b] = [bytes("post a"), bytes("post b")];
    const order = (...posts: Uint8Array[]) =>
      posts.reduce<Uint8Array | null>((before, hash) => postingOrder(round.digest, before, hash), null);
    expect(order(a, b)).not.toEqual(order(b, a));
    expect(order(a, b)).not.toEqual(order(b));
  });
});

describe("the list of ρ", () => {
  test("gives them and the credentials to whoever has the seed, in entries of one length", async () => {
    const entry = await sealHolding(machine, voter.seed, round.digest, voter);
    expect(entry.length).toBe(RHO_ENTRY);
    expect(entry.slice(0, 16)).toEqual(rhoTag(voter.seed, round.digest));
    const { rhos, area, credentials, postingCredential } = voter;
    expect(await openHolding(machine, voter.seed, round.digest, entry)).toEqual({
      ...{ rhos, area, credentials, postingCredential },
    });
    const refused = expect.objectContaining({ code: "not_opened" });
    await expect(openHolding(machine, bytes("other", 16), round.digest, entry)).rejects.toEqual(refused);
    await expect(openHolding(machine, voter.seed, bytes("another freeze"), entry)).rejects.toEqual(refused);
    for (let at = 0; at < entry.length; at += 97) {
      await expect(openHolding(machine, voter.seed, round.digest, flip(entry, at))).rejects.toEqual(refused);
    }
    await expect(openHolding(machine, voter.seed, round.digest, entry.slice(1))).rejects.toThrow(
      "bytes instead of",
    );
  });

  test("uses no nonce for two texts", async () => {
    const [a, b, c] = voter.rhos;
    const first = await sealHolding(machine, voter.seed, round.digest, { ...voter, rhos: [a, b, c] });
    const second = await sealHolding(machine, voter.seed, round.digest, { ...voter, rhos: [a, c, b] });
    expect(first.slice(16, 28)).not.toEqual(second.slice(16, 28));
  });
});

describe("enrolment", () => {
  test("a ρ is the same for the same person, and another for another person, issuer or round", () => {
    const rho = (issuer: string, freeze: string, person: string) =>
      Buffer.from(rhoOf(bytes(issuer), bytes(freeze), bytes(person))).toString("hex");
    expect(rho("i1", "f", "ada")).toBe(rho("i1", "f", "ada"));
    expect(
      new Set([rho("i1", "f", "ada"), rho("i2", "f", "ada"), rho("i1", "g", "ada"), rho("i1", "f", "bruno")])
        .size,
    ).toBe(4);
  });

  test("the nonce binds the round and the enrolment key", async () => {
    const key = await machine.ed25519PublicKey(enrolmentSecret(voter.seed));
    const nonces = [
      enrolmentNonce(round.digest, key),
      enrolmentNonce(bytes("another freeze"), key),
      enrolmentNonce(round.digest, cast.voter),
    ];
    expect(new Set(nonces.map((nonce) => Buffer.from(nonce).toString("hex"))).size).toBe(3);
  });

  test("a request is for one issuer, purpose, area, message and token", async () => {
    const secret = enrolmentSecret(voter.seed);
    const key = await machine.ed25519PublicKey(secret);
    const request: EnrolmentRequest = {
      purpose: "credential",
      issuer: 2,
      area: AREA,
      blinded: new Uint8Array(384).fill(5),
      tokenDigest: bytes("token"),
    };
    const signature = await machine.ed25519Sign(secret, enrolmentMessage(round.digest, request));
    const holds = (changed: Partial<EnrolmentRequest>, freeze = round.digest) =>
      isEnrolmentRequest(machine, freeze, key, { ...request, ...changed }, signature);
    expect(await holds({})).toBe(true);
    expect(await holds({ issuer: 3 })).toBe(false);
    expect(await holds({ purpose: "posting", area: 0 })).toBe(false);
    expect(await holds({ area: 2 })).toBe(false);
    expect(await holds({ blinded: new Uint8Array(384) })).toBe(false);
    expect(await holds({ tokenDigest: bytes("another token") })).toBe(false);
    expect(await holds({}, bytes("another freeze"))).toBe(false);
    expect(await holds({ blinded: null })).toBe(false);
  });

  test("only a request for a credential has an area, only one for a ρ no message", async () => {
    const secret = enrolmentSecret(voter.seed);
    const key = await machine.ed25519PublicKey(secret);
    const holds = async (request: EnrolmentRequest) => {
      const signature = await machine.ed25519Sign(secret, enrolmentMessage(round.digest, request));
      return isEnrolmentRequest(machine, round.digest, key, request, signature);
    };
    const base = { issuer: 1, tokenDigest: bytes("token") } as const;
    const blinded = new Uint8Array(384).fill(1);
    expect(await holds({ ...base, purpose: "rho", area: 0, blinded: null })).toBe(true);
    expect(await holds({ ...base, purpose: "rho", area: 0, blinded })).toBe(false);
    expect(await holds({ ...base, purpose: "rho", area: 1, blinded: null })).toBe(false);
    expect(await holds({ ...base, purpose: "posting", area: 0, blinded })).toBe(true);
    expect(await holds({ ...base, purpose: "posting", area: 1, blinded })).toBe(false);
    expect(await holds({ ...base, purpose: "credential", area: 0, blinded })).toBe(false);
  });
});
