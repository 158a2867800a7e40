import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { admissionBytes, openBallotBytes } from "../../protocol/signing";
import { torino } from "./people";

/** PKCS #8 header of an Ed25519 private key (RFC 8410); the 32-byte seed follows. */
const ED25519_PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A voter's key of one round. */
export class VoterKey {
  readonly publicKey: string;
  readonly #key: KeyObject;

  /** The same name gives the same key, so that a failing sequence can be run again. */
  constructor(name: string) {
    const seed = createHash("sha256").update(name).digest();
    this.#key = createPrivateKey({
      key: Buffer.concat([ED25519_PKCS8, seed]),
      format: "der",
      type: "pkcs8",
    });
    const { x } = this.#key.export({ format: "jwk" });
    this.publicKey = Buffer.from(x ?? "", "base64url").toString("hex");
  }

  /** A signed open ballot. */
  ballot(round: string, seq: number, choices: number[], municipality = torino) {
    const bytes = openBallotBytes(municipality, round, this.publicKey, seq, choices);
    return { key: this.publicKey, seq, choices, signature: sign(null, bytes, this.#key).toString("hex") };
  }

  /** One with points for each choice. */
  pointsBallot(round: string, seq: number, choices: number[], points: number[]) {
    const bytes = openBallotBytes(torino, round, this.publicKey, seq, choices, points);
    const signature = sign(null, bytes, this.#key).toString("hex");
    return { key: this.publicKey, seq, choices, points, signature };
  }
}

/** A registrar's key pair, as a certificate would hold it. */
export class RegistrarKey {
  readonly publicKey: string;
  readonly #key: KeyObject;

  readonly privateKeyPem: string;

  constructor(namedCurve = "P-256") {
    const pair = generateKeyPairSync("ec", { namedCurve });
    this.#key = pair.privateKey;
    this.privateKeyPem = pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    this.publicKey = pair.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  }

  cosign(round: string, admissions: { slot: number; key: string }[], municipality = torino): string {
    return sign("sha256", admissionBytes(municipality, round, admissions), this.#key).toString("base64");
  }
}

/** SHA-256 of a text, to stand for the digest of something named so. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
