/** A sealed round of invented people on a ledger: who holds which key, who votes, and what each transaction is given. */
import type { KeyObject } from "node:crypto";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { RecordOf } from "../../protocol/records";
import { POSTING_ISSUER } from "../../protocol/records/sealed";
import { ballotLayout } from "../../voting/sealed/ballot-layout";
import { modulusOf } from "../../voting/sealed/blind-sign";
import type { Cast } from "../../voting/sealed/cast";
import { envelopeDigest } from "../../voting/sealed/envelope";
import { deriveSecretKey } from "../../voting/sealed/hpke";
import { nodePrimitives } from "../../voting/sealed/node";
import type { IssuerNumber, SealedRound } from "../../voting/sealed/round";
import { keptIssuers } from "../../voting/sealed/testing/protocol-values";
import {
  bytes,
  type TrialIssuers,
  type TrialVoter,
  trialCast,
  trialIssuers,
  trialVoter,
} from "../../voting/sealed/testing/trial-round";
import { tieCommitment } from "../../voting/sealed/tie-order";
import type { Input } from "./city";

export const hex = bytesToHex;
const base64 = (value: Uint8Array) => Buffer.from(value).toString("base64");

/** Numbered from 1. Keys of one kept set stand in another order in each area, so that none fits another. */
export function issuersOf(area: number): TrialIssuers {
  const { secrets } = kept;
  const turned = [0, 1, 2].map((index) => secrets[(index + area - 1) % 3] as KeyObject);
  return trialIssuers([turned[0], turned[1], turned[2], secrets[3]] as unknown as TrialIssuers["secrets"]);
}
const kept = keptIssuers();

/** Secret keys of the services and of trustees 1 to 3, and the issuers' numbers for the draw. */
export const secrets = {
  relay: bytes("relay"),
  copyKeeper: bytes("copy-keeper"),
  opener: deriveSecretKey(bytes("opener")),
  trustees: [1, 2, 3].map((trustee) => deriveSecretKey(bytes(`trustee ${trustee}`))),
  ties: [1, 2, 3].map((issuer) => bytes(`number of issuer ${issuer}`)),
} as const;

export const publicKeys = {
  relay: await nodePrimitives.ed25519PublicKey(secrets.relay),
  copyKeeper: await nodePrimitives.ed25519PublicKey(secrets.copyKeeper),
  opener: await nodePrimitives.x25519PublicKey(secrets.opener),
  trustees: await Promise.all(secrets.trustees.map((secret) => nodePrimitives.x25519PublicKey(secret))),
} as const;

/** Keys of an issuer for so many areas; issuer 1 has the one for posting. */
export function keysOffered(round: string, issuer: IssuerNumber, areas: number): Input<"sealed:offerKeys"> {
  const keys = Array.from({ length: areas }, (_, index) => ({
    area: index + 1,
    modulus: base64(modulusOf(issuersOf(index + 1).secrets[issuer - 1] as KeyObject)),
  }));
  return {
    ...{ round, keys, tieCommitment: hex(tieCommitment(round, issuer, tieOf(issuer))) },
    ...(issuer === POSTING_ISSUER ? { posting: base64(modulusOf(kept.secrets[3])) } : {}),
  };
}

export function tieOf(issuer: IssuerNumber): Uint8Array {
  return secrets.ties[issuer - 1] as Uint8Array;
}

/** What devices know of a frozen round. */
export function sealedRoundOf(round: RecordOf<"round">): SealedRound {
  const [first, second, third] = publicKeys.trustees;
  return {
    digest: hexToBytes(round.frozenDigest),
    trustees: [first as Uint8Array, second as Uint8Array, third as Uint8Array],
    opener: publicKeys.opener,
    layout: ballotLayout({ type: round.ballot.type, maxChoices: round.ballot.most }, round.projects.length),
  };
}

export interface Elector extends TrialVoter {
  readonly area: number;
}

export async function electors(round: SealedRound, area: number, count: number): Promise<Elector[]> {
  const issuers = issuersOf(area);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      ...(await trialVoter(round, issuers, `voter ${area}.${index + 1}`, nodePrimitives, area)),
      area,
    })),
  );
}

/** What somebody casts ballots with. */
export type Caster = Pick<Elector, "area" | "root" | "secret" | "key" | "credentials">;

/** A ballot of somebody for some projects. */
export function castOf(round: SealedRound, caster: Caster, choices: number[], seq = 1): Promise<Cast> {
  return trialCast(round, caster, { seq, choices: choices.map(String), area: caster.area, attempt: seq });
}

/** A group of ballots of one area as a transaction takes them, with the envelopes that travel beside it. */
export function group(round: string, casts: readonly Cast[]) {
  const [first] = casts;
  const input: Input<"sealed:cast"> = {
    round,
    area: first?.area ?? 1,
    ballots: casts.map(({ voter, seq, envelope, signature, credentials }) => ({
      ...{ key: hex(voter), seq, digest: hex(envelopeDigest(envelope)), signature: hex(signature) },
      credentials: [base64(credentials[0]), base64(credentials[1]), base64(credentials[2])],
    })),
  };
  return { input, envelopes: casts.map(({ envelope }) => base64(envelope)) };
}

/** Final envelopes as a transaction publishes them. */
export function published(round: string, casts: readonly Cast[]): Input<"sealed:publish"> {
  return {
    round,
    envelopes: casts.map(({ area, voter, seq, envelope }) => ({
      ...{ area, key: hex(voter), seq, envelope: base64(envelope) },
    })),
  };
}
