/** What a page may ask of the device's program, and what it is answered. */
import { sha256 } from "@noble/hashes/sha2.js";
import { credentialMessage } from "@/voting/sealed/credentials";
import type { Holding } from "@/voting/sealed/rho-list";
import { SEED, seedOfWords, wordsOfSeed } from "@/voting/sealed/words";
import { challenge, commit, type Draft, nextSeq, readChallenge, send } from "./ballot";
import { deskCodeOf, enrol, list, type SignedIn, signInAddress } from "./enrol";
import { check } from "./final-list";
import { recordedOf } from "./recorded";
import { restore } from "./restore";
import { type Machine, readParameters } from "./round";
import { secretsOf } from "./secrets";

/** The parameters come with each request, so that the program keeps nothing between two. */
type OfRound = { readonly parameters: unknown };
type OfSeed = OfRound & { readonly seed: Uint8Array };
type OfVoter = OfSeed & { readonly holding: Holding };

export function requestsOf(machine: Machine) {
  return {
    newSeed: async () => {
      const seed = crypto.getRandomValues(new Uint8Array(SEED));
      return { seed, words: wordsOfSeed(seed) };
    },
    readWords: async ({ text }: { readonly text: string }) => seedOfWords(text),
    wordsOf: async ({ seed }: { readonly seed: Uint8Array }) => wordsOfSeed(seed),
    signIn: async ({ parameters, seed, back }: OfSeed & { readonly back: string }) =>
      signInAddress(machine, readParameters(parameters), seed, back),
    deskCode: async ({ parameters, seed }: OfSeed) => deskCodeOf(machine, readParameters(parameters), seed),
    enrol: async ({ parameters, seed, signedIn }: OfSeed & { readonly signedIn: SignedIn }, told?: Told) =>
      enrol(machine, readParameters(parameters), seed, signedIn, told),
    list: async ({ parameters, seed, holding }: OfVoter) =>
      list(machine, readParameters(parameters), seed, holding),
    restore: async ({ parameters, seed }: OfSeed) => restore(machine, readParameters(parameters), seed),
    nextSeq: async ({ parameters, seed, holding }: OfVoter) =>
      nextSeq(machine, readParameters(parameters), seed, holding),
    commit: async ({ parameters, seed, holding, draft }: OfVoter & { readonly draft: Draft }) =>
      commit(machine, readParameters(parameters), seed, holding, draft),
    send: async ({ parameters, seed, holding, draft }: OfVoter & { readonly draft: Draft }) =>
      send(machine, readParameters(parameters), seed, holding, draft),
    challenge: async ({ parameters, seed, holding, draft }: OfVoter & { readonly draft: Draft }) =>
      challenge(machine, readParameters(parameters), seed, holding, draft),
    readChallenge: async ({ parameters, proof }: OfRound & { readonly proof: unknown }) =>
      readChallenge(machine, readParameters(parameters), proof),
    recorded: async ({ parameters, seed, holding }: OfVoter) => {
      const round = readParameters(parameters);
      const { key } = await secretsOf(machine, round, seed, holding);
      return recordedOf(machine, round, { area: holding.area, voter: key });
    },
    /** For whoever has sent a ballot and kept no secret. */
    recordedByKey: async ({
      parameters,
      area,
      key,
    }: OfRound & { readonly area: number; readonly key: Uint8Array }) =>
      recordedOf(machine, readParameters(parameters), { area, voter: key }),
    check: async ({ parameters, seed, holding }: OfVoter) =>
      check(machine, readParameters(parameters), seed, holding),
    /** Short enough to be read out: two devices with the same words show the same one. */
    fingerprint: async ({ parameters, seed, holding }: OfVoter) => {
      const round = readParameters(parameters);
      const { key } = await secretsOf(machine, round, seed, holding);
      return sha256(credentialMessage(round.digest, holding.area, key)).slice(0, 4);
    },
  };
}

type Told = (step: string) => void;

export type Requests = ReturnType<typeof requestsOf>;
export type RequestName = keyof Requests;
export type Asked<Name extends RequestName> = Parameters<Requests[Name]>[0];
export type Answered<Name extends RequestName> = Awaited<ReturnType<Requests[Name]>>;

export interface RequestMessage {
  readonly id: number;
  readonly name: RequestName;
  readonly asked: unknown;
}

export type AnswerMessage =
  | { readonly id: number; readonly told: string }
  | { readonly id: number; readonly answered: unknown }
  | {
      readonly id: number;
      readonly fault: { readonly code: string; readonly party?: string; readonly reason?: string };
    };
