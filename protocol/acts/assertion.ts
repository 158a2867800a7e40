/**
 * Checks of a WebAuthn assertion (Web Authentication, section 7.2) that need no cryptography. The signature is over
 * `authenticatorData ‖ SHA-256(clientDataJSON)` and is checked by whoever has the means.
 */
import { z } from "zod";
import { RuleError } from "../errors";
import { fromBase64url } from "./base64url";
import type { Assertion } from "./carried";
import { isSameOrigin } from "./origins";
import { parseUniqueJson } from "./unique-members";

/** Length of the RP id's hash, the flags and the counter, bytes; extensions may follow. */
const FIXED_LENGTH = 37;
const FLAGS = { userPresent: 0x01, userVerified: 0x04, backupEligible: 0x08, backedUp: 0x10 };
const ATTESTED_DATA = 0x40;
const EXTENSIONS = 0x80;
const BYTE_ORDER_MARK = 0xef;

/** What an assertion must be about. */
export interface ExpectedAssertion {
  /** SHA-256 of what is signed, base64url. */
  challenge: string;
  /** Origins of the person's own organisation: one, or two while its domain changes. */
  origins: readonly string[];
  /** SHA-256 of the relying-party id of the key, lower-case hexadecimal. */
  rpIdHash: string;
  /** In a municipality founded as a trial the port of an origin is ignored. */
  trial: boolean;
}

export interface AssertionBytes {
  authenticatorData: Uint8Array;
  clientData: Uint8Array;
  signature: Uint8Array;
}

/** Members beyond these (`tokenBinding`, `extensions`, what browsers add to keep parsers honest) are allowed. */
const ClientData = z.looseObject({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
});

/**
 * Checks everything of an assertion but its signature.
 *
 * @returns its bytes, to check the signature with
 * @throws {RuleError} `assertion_malformed` {part}, `assertion_type`, `assertion_challenge`, `assertion_origin`
 *   {origin}, `assertion_cross_origin`, `assertion_rp`, `assertion_unverified`
 */
export function checkAssertion(assertion: Assertion, expected: ExpectedAssertion): AssertionBytes {
  const bytes: AssertionBytes = {
    authenticatorData: fromBase64url(assertion.authenticatorData),
    clientData: fromBase64url(assertion.clientDataJSON),
    signature: fromBase64url(assertion.signature),
  };
  const clientData = readClientData(bytes.clientData);
  if (clientData.type !== "webauthn.get") throw new RuleError("assertion_type");
  if (clientData.challenge !== expected.challenge) throw new RuleError("assertion_challenge");
  const { origin } = clientData;
  if (!expected.origins.some((own) => isSameOrigin(own, origin, expected.trial)))
    throw new RuleError("assertion_origin", { origin: origin.slice(0, 200) });
  if (clientData.crossOrigin || Object.hasOwn(clientData, "topOrigin"))
    throw new RuleError("assertion_cross_origin");
  checkAuthenticatorData(bytes.authenticatorData, expected.rpIdHash);
  return bytes;
}

function readClientData(bytes: Uint8Array): z.infer<typeof ClientData> {
  const refused = () => new RuleError("assertion_malformed", { part: "clientDataJSON" });
  if (bytes[0] === BYTE_ORDER_MARK) throw refused();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refused();
  }
  const parsed = ClientData.safeParse(parseUniqueJson(text));
  if (!parsed.success) throw refused();
  return parsed.data;
}

function checkAuthenticatorData(bytes: Uint8Array, rpIdHash: string): void {
  const refused = () => new RuleError("assertion_malformed", { part: "authenticatorData" });
  const flags = bytes[32];
  if (flags === undefined || bytes.length < FIXED_LENGTH) throw refused();
  if (hex(bytes.subarray(0, 32)) !== rpIdHash) throw new RuleError("assertion_rp");
  const verified = FLAGS.userPresent | FLAGS.userVerified;
  if ((flags & verified) !== verified) throw new RuleError("assertion_unverified");
  if ((flags & FLAGS.backedUp) !== 0 && (flags & FLAGS.backupEligible) === 0) throw refused();
  if ((flags & ATTESTED_DATA) !== 0) throw refused();
  const hasExtensions = (flags & EXTENSIONS) !== 0;
  if (hasExtensions !== bytes.length > FIXED_LENGTH) throw refused();
}

function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}
