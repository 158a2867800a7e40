import { fromBase64url, toBase64url } from "@/protocol/acts/base64url";
import type { Assertion } from "@/protocol/acts/carried";
import { actBytes, actListBytes } from "@/protocol/acts/signed-act";
import { sha256Hex } from "./known-texts";

/** The person stopped, or the browser gave up waiting. */
export class GestureCancelledError extends Error {
  override readonly name = "GestureCancelledError";
}

/**
 * Asks the browser for one gesture over all the acts; what is signed is made here from their texts.
 * @throws GestureCancelledError, and what `navigator.credentials.get` throws otherwise
 */
export async function signWithPasskey(
  texts: readonly string[],
  passkeys: readonly { credential: string; rpId: string }[],
): Promise<Assertion> {
  const [passkey] = passkeys;
  if (!passkey) throw new TypeError("no passkey to sign with");
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: await challengeOf(texts),
    rpId: passkey.rpId,
    allowCredentials: passkeys.map(({ credential }) => ({
      type: "public-key" as const,
      id: Uint8Array.from(fromBase64url(credential)),
    })),
    userVerification: "required",
    timeout: 300_000,
  };
  const given = await navigator.credentials.get({ publicKey }).catch((error: unknown) => {
    if (error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name))
      throw new GestureCancelledError(error.message);
    throw error;
  });
  if (!(given instanceof PublicKeyCredential) || !(given.response instanceof AuthenticatorAssertionResponse))
    throw new TypeError("the browser gave no assertion");
  const { authenticatorData, clientDataJSON, signature } = given.response;
  const text = (bytes: ArrayBuffer) => toBase64url(new Uint8Array(bytes));
  return {
    credential: text(given.rawId),
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
  };
}

/** SHA-256 of the one act, or of the digests of all of them. */
async function challengeOf(texts: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const digests = await Promise.all(texts.map((text) => sha256Hex(actBytes(text))));
  const [only] = digests;
  const hex = digests.length === 1 && only ? only : await sha256Hex(actListBytes(digests.sort()));
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
