/** One gesture with a passkey, over one act or a list of them. */
import { RuleError } from "../errors";
import type { CoseAlgorithm } from "../primitives";
import { checkAssertion } from "./assertion";
import { fromBase64url, toBase64url } from "./base64url";
import type { CarriedAct } from "./carried";
import { actBytes, actListBytes } from "./signed-act";

/** Digests and signatures of whoever checks. */
export interface GestureChecks {
  /** SHA-256 of bytes, lower-case hexadecimal. */
  digest(bytes: Uint8Array): string;
  /** Whether a signature over bytes is by a key: DER for ES256, raw for the others. */
  signed(
    key: { spki: string; algorithm: CoseAlgorithm },
    bytes: Uint8Array,
    signature: Uint8Array,
  ): boolean | Promise<boolean>;
}

/** The key that is said to have signed, and where it signs. */
export interface GestureKey {
  spki: string;
  algorithm: CoseAlgorithm;
  rpId: string;
  origins: readonly string[];
  /** Of a municipality founded as a trial: the port of an origin is ignored. */
  trial: boolean;
}

/**
 * Checks that a key has signed an act, by itself or in its list.
 *
 * @returns the act's digest, lower-case hexadecimal
 * @throws {RuleError} `act_not_in_list`, `bad_signature`, and what `checkAssertion` throws
 */
export async function checkGesture(
  { act, assertion, list }: Pick<CarriedAct, "act" | "assertion" | "list">,
  key: GestureKey,
  checks: GestureChecks,
): Promise<string> {
  const digest = checks.digest(actBytes(act));
  if (list && !list.includes(digest)) throw new RuleError("act_not_in_list");
  const challenge = list ? checks.digest(actListBytes(list)) : digest;
  const { authenticatorData, clientData, signature } = checkAssertion(assertion, {
    challenge: toBase64url(fromHex(challenge)),
    origins: key.origins,
    rpIdHash: checks.digest(new TextEncoder().encode(key.rpId)),
    trial: key.trial,
  });
  const clientDataHash = fromHex(checks.digest(clientData));
  const bytes = new Uint8Array(authenticatorData.length + clientDataHash.length);
  bytes.set(authenticatorData);
  bytes.set(clientDataHash, authenticatorData.length);
  if (!(await checks.signed(key, bytes, signature)))
    throw new RuleError("bad_signature", { id: checks.digest(fromBase64url(assertion.credential)) });
  return digest;
}

function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}
