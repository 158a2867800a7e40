/** A sealed round of invented people for tests: all its keys, and voters who have enrolled in it. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { type BallotLayout, ballotLayout, encodeBallot } from "../ballot-layout";
import { blindSign, modulusOf } from "../blind-sign";
import { blind, finalise, type RsaKey, readIssuerKey } from "../blind-signature";
import { utf8 } from "../bytes";
import { type Cast, signCast } from "../cast";
import { type AreaIssuers, credentialMessage, postingMessage } from "../credentials";
import { rhoOf } from "../enrolment";
import { sealEnvelope, type TrusteeSecret } from "../envelope";
import { deriveSecretKey } from "../hpke";
import { nodePrimitives } from "../node";
import type { Primitives } from "../primitives";
import type { Holding } from "../rho-list";
import { type IssuerNumber, issuerNumbers, type SealedRound } from "../round";
import { trusteeNumbers } from "../sharing";
import {
  ballotKey,
  blindingFactor,
  NO_AREA,
  postingSecret,
  type Rhos,
  rootSecret,
  voterSecret,
} from "../voter-keys";

export const AREA = 1;

/** Bytes that nobody drew, so that a failing test fails again. */
export function bytes(name: string, length = 32): Uint8Array {
  return sha256(utf8(`trial ${name}`)).slice(0, length);
}

export interface TrialRound extends SealedRound {
  readonly trusteeSecrets: readonly TrusteeSecret[];
  readonly openerSecret: Uint8Array;
}

export async function trialRound(
  layout: BallotLayout = ballotLayout({ type: "approval", maxChoices: 4 }, 12),
) {
  const trusteeSecrets = trusteeNumbers.map((trustee) => ({
    trustee,
    secret: deriveSecretKey(bytes(`trustee ${trustee}`)),
  }));
  const [first, second, third] = await Promise.all(
    trusteeSecrets.map(({ secret }) => nodePrimitives.x25519PublicKey(secret)),
  );
  const openerSecret = deriveSecretKey(bytes("opener"));
  const round: TrialRound = {
    digest: bytes("freeze"),
    trustees: [first as Uint8Array, second as Uint8Array, third as Uint8Array],
    opener: await nodePrimitives.x25519PublicKey(openerSecret),
    layout,
    trusteeSecrets,
    openerSecret,
  };
  return round;
}

export interface TrialIssuers {
  /** Of issuers 1 to 3 in the area, and of the one for posting. */
  readonly secrets: readonly [KeyObject, KeyObject, KeyObject, KeyObject];
  readonly area: AreaIssuers;
  readonly posting: RsaKey;
}

export function trialIssuers(secrets = newIssuerKeys()): TrialIssuers {
  const [first, second, third, posting] = secrets.map((key) => readIssuerKey(modulusOf(key)));
  return {
    secrets,
    area: [first as RsaKey, second as RsaKey, third as RsaKey],
    posting: posting as RsaKey,
  };
}

function newIssuerKeys(): TrialIssuers["secrets"] {
  const make = () => generateKeyPairSync("rsa", { modulusLength: 3072 }).privateKey;
  return [make(), make(), make(), make()];
}

export interface TrialVoter extends Holding {
  readonly seed: Uint8Array;
  readonly root: Uint8Array;
  readonly secret: Uint8Array;
  readonly key: Uint8Array;
  readonly postingSecret: Uint8Array;
}

/** Enrols a voter with all issuers, blinding and all. */
export async function trialVoter(
  round: SealedRound,
  issuers: TrialIssuers,
  name: string,
  primitives: Primitives = nodePrimitives,
  area = AREA,
): Promise<TrialVoter> {
  const seed = bytes(`seed of ${name}`, 16);
  const person = bytes(`place of ${name} on the roll`);
  const [rho1, rho2, rho3] = issuerNumbers.map((issuer) =>
    rhoOf(bytes(`secret of issuer ${issuer}`), round.digest, person),
  );
  const rhos: Rhos = [rho1 as Uint8Array, rho2 as Uint8Array, rho3 as Uint8Array];
  const root = rootSecret(seed, rhos, round.digest);
  const secret = voterSecret(root, area);
  const key = await primitives.ed25519PublicKey(secret);
  const message = credentialMessage(round.digest, area, key);
  const take = (
    issuer: IssuerNumber,
    keyArea: number,
    publicKey: RsaKey,
    signer: KeyObject,
    text: Uint8Array,
  ) => {
    const blinded = blind(publicKey, text, blindingFactor(root, issuer, keyArea, text, publicKey));
    return finalise(publicKey, text, blindSign(signer, blinded.message), blinded.unblind);
  };
  const [first, second, third] = issuerNumbers.map((issuer) =>
    take(issuer, area, issuers.area[issuer - 1] as RsaKey, issuers.secrets[issuer - 1] as KeyObject, message),
  );
  const posting = postingSecret(root);
  const postingText = postingMessage(round.digest, await primitives.ed25519PublicKey(posting));
  return {
    seed,
    rhos,
    area: AREA,
    root,
    secret,
    key,
    credentials: [first as Uint8Array, second as Uint8Array, third as Uint8Array],
    postingSecret: posting,
    postingCredential: take(1, NO_AREA, issuers.posting, issuers.secrets[3], postingText),
  };
}

/** Seals and signs one approval ballot. */
export async function trialCast(
  round: SealedRound,
  voter: Pick<TrialVoter, "root" | "secret" | "key" | "credentials">,
  { seq = 1, attempt = 1, choices = ["2", "5"], area = AREA } = {},
  primitives: Primitives = nodePrimitives,
): Promise<Cast> {
  const place = { area, voter: voter.key, seq };
  const plaintext = encodeBallot(round.layout, { attempt, content: { type: "approval", choices } });
  const key = ballotKey(voter.root, round, place, plaintext);
  const envelope = await sealEnvelope(primitives, round, place, key, plaintext);
  return signCast(primitives, round, place, voter.secret, voter.credentials, envelope);
}
