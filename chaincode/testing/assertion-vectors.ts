/** Edges of WebAuthn assertions and what becomes of each: one table for every authenticator. */
import { toBase64url } from "../../protocol/acts/base64url";
import type { Assertion } from "../../protocol/acts/carried";
import { coseAlgorithms } from "../../protocol/cose-algorithms";
import type { ErrorCode } from "../../protocol/errors";
import type { CoseAlgorithm } from "../../protocol/primitives";
import { type Authenticator, PRESENT_AND_VERIFIED, type Said, sha256 } from "./authenticator";

export interface AssertionVector {
  what: string;
  verdict: "accepted" | ErrorCode;
  /** The key it is made with; ES256 where nothing is said. */
  algorithm?: CoseAlgorithm;
  /** An assertion over the SHA-256 of `bytes`, given what an honest browser says. */
  make: (key: Authenticator, bytes: Uint8Array, honest: Said) => Assertion;
}

/** What changes of what an honest browser says. */
const said = (
  what: string,
  verdict: AssertionVector["verdict"],
  changes: Partial<Said>,
): AssertionVector => ({
  what,
  verdict,
  make: (key, bytes, honest) => key.assert(bytes, { ...honest, ...changes }),
});

/** Another clientDataJSON, made of the challenge and what is honest. */
const clientData = (
  what: string,
  verdict: AssertionVector["verdict"],
  text: (challenge: string, honest: Said) => string | Uint8Array,
): AssertionVector => ({
  what,
  verdict,
  make: (key, bytes, honest) => {
    const made = text(toBase64url(sha256(bytes)), honest);
    return key.assert(bytes, { ...honest, clientData: typeof made === "string" ? Buffer.from(made) : made });
  },
});

/** Another authenticatorData: flags, and what follows the counter. */
const authenticator = (
  what: string,
  verdict: AssertionVector["verdict"],
  flags: number,
  rest: readonly number[] = [],
  counter: readonly number[] = [0, 0, 0, 0],
): AssertionVector => ({
  what,
  verdict,
  make: (key, bytes, honest) => {
    const hash = sha256(Buffer.from(honest.rpId));
    const authenticatorData = Buffer.concat([hash, Buffer.from([flags, ...counter, ...rest])]);
    return key.assert(bytes, { ...honest, authenticatorData });
  },
});

const json = (challenge: string, { origin }: Said, more: object = {}) =>
  JSON.stringify({ type: "webauthn.get", challenge, origin, crossOrigin: false, ...more });

/** Order of the P-256 group. */
const ORDER = BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

/** A DER ECDSA signature with the other value of s: valid too, of the half that some libraries refuse. */
function withOtherS(assertion: Assertion): Assertion {
  const der = Buffer.from(assertion.signature, "base64url");
  const lengthOfR = der[3] ?? 0;
  const r = der.subarray(4, 4 + lengthOfR);
  const s = BigInt(`0x${der.subarray(6 + lengthOfR).toString("hex")}`);
  return { ...assertion, signature: toBase64url(derOf(r, ORDER - s)) };
}

function derOf(r: Uint8Array, s: bigint): Uint8Array {
  const plain = Buffer.from(s.toString(16).padStart(64, "0"), "hex");
  const digits = plain.subarray(
    Math.max(
      0,
      plain.findIndex((byte) => byte !== 0),
    ),
  );
  const positive = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  const body = [0x02, r.length, ...r, 0x02, positive.length, ...positive];
  return Buffer.from([0x30, body.length, ...body]);
}

export const assertionVectors: readonly AssertionVector[] = [
  { what: "ES256", verdict: "accepted", make: (key, bytes, honest) => key.assert(bytes, honest) },
  {
    what: "EdDSA",
    verdict: "accepted",
    algorithm: coseAlgorithms.EdDSA,
    make: (key, bytes, honest) => key.assert(bytes, honest),
  },
  {
    what: "RS256, as Windows Hello signs",
    verdict: "accepted",
    algorithm: coseAlgorithms.RS256,
    make: (key, bytes, honest) => key.assert(bytes, honest),
  },
  {
    what: "the other of an ECDSA signature's two values of s",
    verdict: "accepted",
    make: (key, bytes, honest) => withOtherS(key.assert(bytes, honest)),
  },
  {
    what: "a signature over something else",
    verdict: "bad_signature",
    make: (key, bytes, honest) => {
      const assertion = key.assert(bytes, honest);
      return { ...assertion, signature: toBase64url(key.sign(bytes)) };
    },
  },
  {
    what: "a signature that is none",
    verdict: "bad_signature",
    make: (key, bytes, honest) => ({ ...key.assert(bytes, honest), signature: "AAAA" }),
  },
  clientData("members in another order", "accepted", (challenge, { origin }) =>
    JSON.stringify({ crossOrigin: false, origin, challenge, type: "webauthn.get" }),
  ),
  clientData("spaces between members", "accepted", (challenge, { origin }) =>
    JSON.stringify({ type: "webauthn.get", challenge, origin, crossOrigin: false }, null, 2),
  ),
  clientData("members nobody knows yet", "accepted", (challenge, honest) =>
    json(challenge, honest, {
      other_keys_can_be_added_here: "do not compare clientDataJSON against a template",
      tokenBinding: { status: "supported" },
      extensions: {},
    }),
  ),
  clientData("no word of crossOrigin", "accepted", (challenge, { origin }) =>
    JSON.stringify({ type: "webauthn.get", challenge, origin }),
  ),
  clientData("a member named twice", "assertion_malformed", (challenge, honest) =>
    json(challenge, honest).replace('"origin"', '"origin":"https://evil.example","origin"'),
  ),
  clientData("a member named twice, once by escapes", "assertion_malformed", (challenge, honest) =>
    json(challenge, honest).replace('"origin"', '"\\u006frigin":"https://evil.example","origin"'),
  ),
  clientData(
    "a byte order mark",
    "assertion_malformed",
    (challenge, honest) => `\ufeff${json(challenge, honest)}`,
  ),
  clientData("bytes that are not UTF-8", "assertion_malformed", (challenge, honest) =>
    Buffer.from(json(challenge, honest, { x: "\u00e8" }), "latin1"),
  ),
  clientData("a text that is no JSON", "assertion_malformed", () => "{"),
  clientData("an array", "assertion_malformed", () => "[]"),
  clientData("no origin", "assertion_malformed", (challenge) =>
    JSON.stringify({ type: "webauthn.get", challenge }),
  ),
  clientData("a crossOrigin that is a text", "assertion_malformed", (challenge, honest) =>
    json(challenge, honest, { crossOrigin: "false" }),
  ),
  clientData("almost 4 KB", "accepted", (challenge, honest) =>
    json(challenge, honest, { x: "a".repeat(3800) }),
  ),
  clientData("over 4 KB", "invalid_input", (challenge, honest) =>
    json(challenge, honest, { x: "a".repeat(4000) }),
  ),
  said("the making of a key in the place of its use", "assertion_type", { type: "webauthn.create" }),
  said("another challenge", "assertion_challenge", { challenge: "A".repeat(43) }),
  said("another site", "assertion_origin", { origin: "https://evil.example" }),
  said("a site below its own", "assertion_origin", { origin: "https://www.comune.example" }),
  said("its own site without TLS", "assertion_origin", { origin: "http://comune.example" }),
  said("another port of its own site", "assertion_origin", { origin: "https://comune.example:8443" }),
  said("a page within a page of another site", "assertion_cross_origin", { crossOrigin: true }),
  said("the name of a page around it", "assertion_cross_origin", { topOrigin: "https://comune.example" }),
  said("another relying party", "assertion_rp", { rpId: "example" }),
  said("nobody verified", "assertion_unverified", { flags: 0x01 }),
  said("nobody present", "assertion_unverified", { flags: 0x04 }),
  said("no flags", "assertion_unverified", { flags: 0 }),
  authenticator("a key that is backed up", "accepted", PRESENT_AND_VERIFIED | 0x18),
  authenticator("a key that could be and is not backed up", "accepted", PRESENT_AND_VERIFIED | 0x08),
  authenticator("backed up though it cannot be", "assertion_malformed", PRESENT_AND_VERIFIED | 0x10),
  authenticator("a counter", "accepted", PRESENT_AND_VERIFIED, [], [0, 0, 1, 7]),
  authenticator("extensions", "accepted", PRESENT_AND_VERIFIED | 0x80, [0xa0]),
  authenticator("extensions that are not there", "assertion_malformed", PRESENT_AND_VERIFIED | 0x80),
  authenticator("bytes that no flag speaks of", "assertion_malformed", PRESENT_AND_VERIFIED, [0xa0]),
  authenticator("the data of a new key", "assertion_malformed", PRESENT_AND_VERIFIED | 0x40, [1, 2, 3]),
  {
    what: "authenticator data cut short",
    verdict: "assertion_malformed",
    make: (key, bytes, honest) =>
      key.assert(bytes, { ...honest, authenticatorData: sha256(Buffer.from(honest.rpId)) }),
  },
];
