/**
 * The roll as issuers get it: for each place the keyed hash of a fiscal number and a salt. What is announced of an area is
 * the Merkle root of its places, which without the salts tells nothing about anybody.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { leafHash, merkleRoot } from "../merkle-tree";
import { utf8 } from "./bytes";
import { SealedError } from "./errors";
import { digest } from "./labels";

export interface RollPlace {
  /** As the sealing announces it, before areas are joined. */
  readonly area: string;
  /** Keyed hash of the fiscal number, 64 hexadecimal digits. */
  readonly fiscalHash: string;
  /** 32 random bytes, hexadecimal. */
  readonly salt: string;
}

/** What issuers call the person of a place, in one round: `digest("roll place", SHA256(round), hash (32), salt (32))`. */
export function personOf(round: string, place: Pick<RollPlace, "fiscalHash" | "salt">): Uint8Array {
  return digest("roll place", sha256(utf8(round)), hexToBytes(place.fiscalHash), hexToBytes(place.salt));
}

/** Merkle root over `digest("roll leaf", person)` in ascending order, as 64 hexadecimal digits. */
export function rollRoot(people: readonly Uint8Array[]): string {
  const leaves = people
    .map((person) => digest("roll leaf", person))
    .map(bytesToHex)
    .sort()
    .map(hexToBytes)
    .map(leafHash);
  return bytesToHex(merkleRoot(leaves));
}

const line = /^([A-Za-z0-9-]{1,64}),([0-9a-f]{64}),([0-9a-f]{64})$/;
const heading = "area,fiscal_hash,salt";

/** A heading and a line for each place, ending with a line feed. */
export function encodeRoll(places: readonly RollPlace[]): string {
  return [heading, ...places.map((place) => `${place.area},${place.fiscalHash},${place.salt}`), ""].join(
    "\n",
  );
}

/** @throws {SealedError} `malformed` for another form, or a person who is on it twice */
export function decodeRoll(text: string): RollPlace[] {
  const [first, ...lines] = text.split("\n");
  if (first !== heading || lines.pop() !== "") throw new SealedError("malformed", "roll: heading or end");
  const seen = new Set<string>();
  return lines.map((row, at) => {
    const [, area, fiscalHash, salt] = line.exec(row) ?? [];
    if (!area || !fiscalHash || !salt) throw new SealedError("malformed", `roll: line ${at + 2}`);
    if (seen.has(fiscalHash)) throw new SealedError("malformed", `roll: line ${at + 2} is somebody again`);
    seen.add(fiscalHash);
    return { area, fiscalHash, salt };
  });
}
