/** One invented voter's way through the protocol with every value on it, as `docs/sealed-ballots.md` names them. */
import { createPrivateKey, type KeyObject } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { ballotLayout, encodeBallot } from "../ballot-layout";
import { blindSign, modulusOf } from "../blind-sign";
import { blind } from "../blind-signature";
import { uint } from "../bytes";
import { castMessage, encodeCast, signCast } from "../cast";
import { credentialMessage, postingMessage } from "../credentials";
import { enrolmentMessage, enrolmentNonce } from "../enrolment";
import { envelopeDigest, sealEnvelope } from "../envelope";
import { deriveSecretKey } from "../hpke";
import { derive, digest } from "../labels";
import { toBytes } from "../modular";
import { nodePrimitives as machine } from "../node";
import { encodePost, postDigest, sealCast, signPost } from "../post";
import { encodeReceipt, postingOrder, receiptMessage } from "../receipts";
import { sealHolding } from "../rho-list";
import { placeBytes } from "../round";
import { shareOf, trusteeNumbers } from "../sharing";
import { tieCommitment, tieOrder } from "../tie-order";
import issuerKeys from "../vectors/issuer-keys.json" with { type: "json" };
import { ballotKey, blindingFactor, enrolmentSecret, postEphemeral } from "../voter-keys";
import { wordsOfSeed } from "../words";
import { AREA, bytes, type TrialIssuers, trialIssuers, trialRound, trialVoter } from "./trial-round";

/** The invented issuers whose keys are kept, so that values stay the same. */
export function keptIssuers(): TrialIssuers {
  const keys = issuerKeys.keys.map((key) => createPrivateKey({ key, format: "jwk" }));
  return trialIssuers(keys as [KeyObject, KeyObject, KeyObject, KeyObject]);
}

export async function protocolValues() {
  const layout = ballotLayout({ type: "points", maxChoices: 3 }, 12);
  const round = await trialRound(layout);
  const issuers = keptIssuers();
  const voter = await trialVoter(round, issuers, "Ada");
  const place = { area: AREA, voter: voter.key, seq: 1 };

  const message = credentialMessage(round.digest, AREA, voter.key);
  const factor = blindingFactor(voter.root, 1, AREA, message, issuers.area[0]);
  const blinded = blind(issuers.area[0], message, factor);

  const content = { type: "points", choices: ["2", "11"], points: ["3", "0.5"] } as const;
  const plaintext = encodeBallot(layout, { attempt: 1, content });
  const key = ballotKey(voter.root, round, place, plaintext);
  const coefficients = derive(key, "share coefficients");
  const envelope = await sealEnvelope(machine, round, place, key, plaintext);
  const cast = await signCast(machine, round, place, voter.secret, voter.credentials, envelope);
  const castBytes = encodeCast(round, cast);
  const ephemeral = postEphemeral(voter.root, castBytes);
  const sealed = await sealCast(machine, round, ephemeral, castBytes);
  const post = await signPost(machine, round, voter.postingSecret, voter.postingCredential, sealed);

  const promise = {
    position: 1,
    post: postDigest(sealed),
    order: postingOrder(round.digest, null, postDigest(sealed)),
  };
  const keepers = { relay: bytes("relay"), "copy-keeper": bytes("copy-keeper") };
  const signed = (keeper: keyof typeof keepers) =>
    machine.ed25519Sign(keepers[keeper], receiptMessage(keeper, round.digest, promise));
  const enrolmentKey = await machine.ed25519PublicKey(enrolmentSecret(voter.seed));
  const tieSecrets = [bytes("r1"), bytes("r2"), bytes("r3")] as const;
  const projects = ["orto", "panchine", "alberi", "cortile"];

  return {
    about: "Invented: no key here belongs to anybody, and none may ever be used",
    freeze: bytesToHex(round.digest),
    area: AREA,
    layout,
    trusteeSecrets: round.trusteeSecrets.map(({ secret }) => bytesToHex(secret)),
    trustees: round.trustees.map(bytesToHex),
    openerSecret: bytesToHex(round.openerSecret),
    opener: bytesToHex(round.opener),
    moduli: issuers.secrets.map((key) => bytesToHex(modulusOf(key))),
    seed: bytesToHex(voter.seed),
    words: wordsOfSeed(voter.seed).join(" "),
    issuerSecrets: [1, 2, 3].map((issuer) => bytesToHex(bytes(`secret of issuer ${issuer}`))),
    person: bytesToHex(bytes("place of Ada on the roll")),
    rhos: voter.rhos.map(bytesToHex),
    rhoEntry: bytesToHex(await sealHolding(machine, voter.seed, round.digest, voter)),
    enrolmentSecret: bytesToHex(enrolmentSecret(voter.seed)),
    enrolmentKey: bytesToHex(enrolmentKey),
    enrolmentNonce: bytesToHex(enrolmentNonce(round.digest, enrolmentKey)),
    enrolmentMessage: bytesToHex(
      enrolmentMessage(round.digest, {
        ...{ purpose: "credential", issuer: 1, area: AREA },
        ...{ blinded: blinded.message, tokenDigest: sha256(bytes("token")) },
      }),
    ),
    root: bytesToHex(voter.root),
    voterSecret: bytesToHex(voter.secret),
    voterKey: bytesToHex(voter.key),
    credentialMessage: bytesToHex(message),
    blindingFactor: bytesToHex(toBytes(factor, 384)),
    blinded: bytesToHex(blinded.message),
    blindSignature: bytesToHex(blindSign(issuers.secrets[0], blinded.message)),
    credentials: voter.credentials.map(bytesToHex),
    postingSecret: bytesToHex(voter.postingSecret),
    postingMessage: bytesToHex(postingMessage(round.digest, post.postingKey)),
    postingCredential: bytesToHex(voter.postingCredential),
    place: bytesToHex(placeBytes(round, place)),
    plaintext: bytesToHex(plaintext),
    ballotKey: bytesToHex(key),
    keyCommitment: bytesToHex(digest("key commitment", key)),
    shares: trusteeNumbers.map((trustee) => bytesToHex(shareOf(key, coefficients, trustee))),
    shareEphemerals: trusteeNumbers.map((trustee) =>
      bytesToHex(deriveSecretKey(derive(key, "share ephemeral", [uint(trustee, 1)]))),
    ),
    envelope: bytesToHex(envelope),
    envelopeDigest: bytesToHex(envelopeDigest(envelope)),
    castMessage: bytesToHex(castMessage(round, place, envelopeDigest(envelope))),
    cast: bytesToHex(castBytes),
    postEphemeral: bytesToHex(ephemeral),
    post: bytesToHex(encodePost(round, post)),
    postDigest: bytesToHex(promise.post),
    keeperSecrets: { relay: bytesToHex(keepers.relay), copyKeeper: bytesToHex(keepers["copy-keeper"]) },
    receipt: bytesToHex(
      encodeReceipt({
        ...promise,
        signatures: { relay: await signed("relay"), "copy-keeper": await signed("copy-keeper") },
      }),
    ),
    tieSecrets: tieSecrets.map(bytesToHex),
    tieRound: "round-1",
    tieCommitments: ([1, 2, 3] as const).map((issuer) =>
      bytesToHex(tieCommitment("round-1", issuer, tieSecrets[issuer - 1] as Uint8Array)),
    ),
    tieProjects: projects,
    tieOrder: tieOrder(tieSecrets, projects),
  };
}
