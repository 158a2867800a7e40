/** A round as the device computes with it, read from its parameters. */
import { BALLOT_TYPES, type BallotType } from "@/voting/ballots/content";
import { ISSUER_KEY, type RsaKey, readIssuerKey } from "@/voting/sealed/blind-signature";
import type { AreaIssuers } from "@/voting/sealed/credentials";
import { isAcceptableEd25519, isAcceptableX25519 } from "@/voting/sealed/curve-keys";
import { SealedError } from "@/voting/sealed/errors";
import type { Primitives } from "@/voting/sealed/primitives";
import type { Keeper } from "@/voting/sealed/receipts";
import type { SealedRound } from "@/voting/sealed/round";
import type { SealedAddresses, SealedParameters } from "../parameters";
import { membersOf, ofBase64, ofHex } from "./bytes";
import { DeviceFault } from "./faults";

export interface DeviceRound extends SealedRound {
  readonly id: string;
  readonly areas: ReadonlyMap<number, AreaIssuers>;
  readonly posting: RsaKey;
  readonly keepers: Readonly<Record<Keeper, Uint8Array>>;
  readonly addresses: SealedAddresses;
}

/** What the device has of its machine. */
export interface Machine {
  readonly primitives: Primitives;
  readonly fetch: (address: string, init?: RequestInit) => Promise<Response>;
}

const MOST_AREAS_READ = 1000;

/** @throws {DeviceFault} `bad_parameters` */
export function readParameters(value: unknown): DeviceRound {
  const given = membersOf(value) as Partial<Record<keyof SealedParameters, unknown>>;
  const { areas, trustees } = given;
  if (given.version !== 1 || typeof given.round !== "string") refuse();
  if (!Array.isArray(areas) || areas.length === 0 || areas.length > MOST_AREAS_READ) refuse();
  if (!Array.isArray(trustees) || trustees.length !== 3) refuse();
  const [first, second, third] = trustees.map(x25519);
  return {
    id: given.round,
    digest: ofHex(given.digest, 32) ?? refuse(),
    trustees: [first as Uint8Array, second as Uint8Array, third as Uint8Array],
    opener: x25519(given.opener),
    layout: readLayout(given.layout),
    areas: new Map(areas.map(readArea)),
    posting: rsa(given.posting),
    keepers: { relay: ed25519(given.relay), "copy-keeper": ed25519(given.copyKeeper) },
    addresses: readAddresses(given.addresses),
  };
}

function readLayout(value: unknown): SealedRound["layout"] {
  const { type, projects, slots } = membersOf(value);
  const isCount = (count: unknown): count is number =>
    Number.isInteger(count) && (count as number) >= 1 && (count as number) <= 500;
  if (!BALLOT_TYPES.includes(type as BallotType) || !isCount(projects) || !isCount(slots)) refuse();
  return { type: type as BallotType, projects, slots };
}

function readArea(value: unknown): readonly [number, AreaIssuers] {
  const { number, moduli } = membersOf(value);
  if (!Number.isInteger(number) || !Array.isArray(moduli) || moduli.length !== 3) refuse();
  const [first, second, third] = moduli.map(rsa);
  return [number as number, [first as RsaKey, second as RsaKey, third as RsaKey]];
}

function readAddresses(value: unknown): SealedAddresses {
  const { issuers, relay, ledger } = membersOf(value);
  if (!Array.isArray(issuers) || issuers.length !== 3) refuse();
  const [first, second, third] = issuers.map(address);
  return {
    issuers: [first as string, second as string, third as string],
    relay: address(relay),
    ledger: address(ledger),
  };
}

/** On the origin of the page, or a whole address: the page's policy says which. */
function address(value: unknown): string {
  return typeof value === "string" && /^(https?:\/)?\/[!-~]+$/.test(value) ? value : refuse();
}

function x25519(value: unknown): Uint8Array {
  const key = ofHex(value, 32);
  return key && isAcceptableX25519(key) ? key : refuse();
}

function ed25519(value: unknown): Uint8Array {
  const key = ofHex(value, 32);
  return key && isAcceptableEd25519(key) ? key : refuse();
}

function rsa(value: unknown): RsaKey {
  try {
    return readIssuerKey(ofBase64(value, ISSUER_KEY) ?? refuse());
  } catch (error) {
    if (error instanceof SealedError) refuse();
    throw error;
  }
}

function refuse(): never {
  throw new DeviceFault("bad_parameters");
}
