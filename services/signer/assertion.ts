/** A WebAuthn assertion as a browser with a passkey would hand it over, made with a key of the trial signer. */
import { createHash, createPrivateKey, sign } from "node:crypto";
import { toBase64url } from "@/protocol/acts/base64url";
import type { Assertion } from "@/protocol/acts/carried";
import { relyingPartyId } from "@/protocol/acts/origins";
import { actBytes, actListBytes } from "@/protocol/acts/signed-act";
import type { PersonKey } from "./keys";

const USER_PRESENT_AND_VERIFIED = 0x05;

/**
 * One gesture for one act or for several.
 * @param texts the acts, no two alike; their order does not matter
 */
export function assertionOf(key: PersonKey, texts: readonly string[]): Assertion {
  const clientData = Buffer.from(
    JSON.stringify({
      type: "webauthn.get",
      challenge: toBase64url(challengeOf(texts)),
      origin: key.origin,
      crossOrigin: false,
    }),
  );
  const counter = Buffer.alloc(4);
  const authenticatorData = Buffer.concat([
    sha256(relyingPartyId(key.origin)),
    Buffer.from([USER_PRESENT_AND_VERIFIED]),
    counter,
  ]);
  const signature = sign(
    "sha256",
    Buffer.concat([authenticatorData, sha256(clientData)]),
    createPrivateKey(key.privateKey),
  );
  return {
    credential: key.credential,
    authenticatorData: toBase64url(authenticatorData),
    clientDataJSON: toBase64url(clientData),
    signature: toBase64url(signature),
  };
}

/** SHA-256 of what is signed. */
function challengeOf(texts: readonly string[]): Buffer {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return sha256(actBytes(only));
  const digests = texts.map((text) => sha256(actBytes(text)).toString("hex")).sort();
  return sha256(actListBytes(digests));
}

function sha256(bytes: Uint8Array | string): Buffer {
  return createHash("sha256").update(bytes).digest();
}
