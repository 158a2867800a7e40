/**
 * What a client of PDND signs: its assertion for a voucher, and the two headers of ModI's patterns INTEGRITY_REST_02 and
 * AUDIT_REST_02.
 */
import { createHash, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Anpr, AnprMember } from "./settings";

/** The services allow no clock that is ahead of theirs. */
const BACK_SECONDS = 5;
const GOOD_SECONDS = 120;

/** @param bound SHA-256 in hexadecimal of the evidence that the voucher is for, if it is for one */
export function clientAssertion(
  { token }: Anpr,
  member: AnprMember,
  bound: string | undefined,
  now: Date,
): Promise<string> {
  return signedBy(member, token.audience, now, {
    purposeId: member.purpose,
    ...(bound !== undefined && { digest: { alg: "SHA256", value: bound } }),
  });
}

/** Who asks, from where and how surely they proved who they are, in the words of the municipality that asks. */
export function trackingEvidence(
  { audience, location }: Anpr,
  member: AnprMember,
  { person, level }: { person: string; level: number },
  now: Date,
): Promise<string> {
  return signedBy(member, audience, now, {
    ...{ purposeId: member.purpose, dnonce: String(now.getTime()) },
    ...{ userID: person, userLocation: location, LoA: `SpidL${level}` },
  });
}

/** Binds the body, by its digest, to the client. */
export function integritySignature(
  { audience }: Anpr,
  member: AnprMember,
  { digest, type }: { digest: string; type: string },
  now: Date,
): Promise<string> {
  return signedBy(member, audience, now, { signed_headers: [{ digest }, { "content-type": type }] });
}

/** The header `Digest` of a body (RFC 3230). */
export function digestHeader(body: string): string {
  return `SHA-256=${createHash("sha256").update(body).digest("base64")}`;
}

function signedBy(
  { client, kid, key }: AnprMember,
  audience: string,
  now: Date,
  claims: Record<string, unknown>,
): Promise<string> {
  const issued = Math.floor(now.getTime() / 1000) - BACK_SECONDS;
  return new SignJWT({ ...claims, jti: randomUUID() })
    .setProtectedHeader({ alg: "RS256", kid, typ: "JWT" })
    .setIssuer(client)
    .setSubject(client)
    .setAudience(audience)
    .setIssuedAt(issued)
    .setNotBefore(issued)
    .setExpirationTime(issued + GOOD_SECONDS)
    .sign(key);
}
