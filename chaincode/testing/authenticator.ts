import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { toBase64url } from "../../protocol/acts/base64url";
import type { Assertion } from "../../protocol/acts/carried";
import { coseAlgorithms } from "../../protocol/cose-algorithms";
import type { CoseAlgorithm } from "../../protocol/primitives";

/** What an assertion says beside its challenge; what is not given is as an honest browser has it. */
export interface Said {
  origin: string;
  rpId: string;
  type?: string;
  challenge?: string;
  crossOrigin?: unknown;
  topOrigin?: string;
  flags?: number;
  /** The whole of clientDataJSON, in the place of what would be made. */
  clientData?: Uint8Array;
  /** The whole of authenticatorData. */
  authenticatorData?: Uint8Array;
}

/** User present and user verified. */
export const PRESENT_AND_VERIFIED = 0x05;

/** An authenticator in memory with one credential. */
export class Authenticator {
  readonly credential = toBase64url(randomBytes(32));
  readonly spki: string;
  readonly #key: KeyObject;

  constructor(
    readonly algorithm: CoseAlgorithm = coseAlgorithms.ES256,
    pair = keyPair(algorithm),
  ) {
    this.#key = pair.privateKey;
    this.spki = pair.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  }

  /** Signs the SHA-256 of `bytes` as its challenge. */
  assert(bytes: Uint8Array, said: Said): Assertion {
    const challenge = said.challenge ?? toBase64url(sha256(bytes));
    const clientData = said.clientData ?? clientDataOf(said, challenge);
    const authenticatorData =
      said.authenticatorData ??
      Buffer.concat([
        sha256(Buffer.from(said.rpId)),
        Buffer.from([said.flags ?? PRESENT_AND_VERIFIED, 0, 0, 0, 0]),
      ]);
    return {
      credential: this.credential,
      authenticatorData: toBase64url(authenticatorData),
      clientDataJSON: toBase64url(clientData),
      signature: toBase64url(this.sign(Buffer.concat([authenticatorData, sha256(clientData)]))),
    };
  }

  /** A signature as the authenticator makes it: DER where it is ECDSA. */
  sign(bytes: Uint8Array): Uint8Array {
    return sign(this.algorithm === coseAlgorithms.EdDSA ? null : "sha256", bytes, this.#key);
  }
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

function clientDataOf(
  { type = "webauthn.get", origin, crossOrigin = false, topOrigin }: Said,
  challenge: string,
) {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin, topOrigin }));
}

function keyPair(algorithm: CoseAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === coseAlgorithms.EdDSA) return generateKeyPairSync("ed25519");
  if (algorithm === coseAlgorithms.RS256) return generateKeyPairSync("rsa", { modulusLength: 2048 });
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}
