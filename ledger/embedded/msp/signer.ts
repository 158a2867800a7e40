import { createPrivateKey, type KeyObject } from "node:crypto";
import { serialiseIdentity } from "./identity";
import { signLowS, signLowSAside } from "./signature";

/** A node of the ledger that signs: a peer endorsing, the orderer signing blocks. */
export class Signer {
  /** Serialised `msp.SerializedIdentity`. */
  readonly creator: Uint8Array;
  readonly #key: KeyObject;

  constructor(
    readonly mspId: string,
    readonly certificatePem: string,
    privateKeyPem: string,
  ) {
    this.#key = createPrivateKey(privateKeyPem);
    this.creator = serialiseIdentity(mspId, certificatePem);
  }

  /** Low-S DER ECDSA signature over SHA-256 of `message`. */
  sign(message: Uint8Array): Buffer {
    return signLowS(this.#key, message);
  }

  /** The same, on another thread: requests come in bursts, and all cores sign. */
  signAside(message: Uint8Array): Promise<Buffer> {
    return signLowSAside(this.#key, message);
  }
}
