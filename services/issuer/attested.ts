/**
 * What the identity provider attests: the ID token that binds a person to an enrolment key by its nonce, and the signed
 * UserInfo of the same person. Only sign-ins for taking a credential count: at an ordinary one the site could have asked
 * for a nonce of its own.
 */
import { createHash, createHmac } from "node:crypto";
import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { PartRefusal } from "@/lib/part-refusal";
import { enrolmentNonce } from "@/voting/sealed/enrolment";
import { votingClient } from "../sealed/voting-client";

/** Longest time since the sign-in. */
const MOST_AGE_SECONDS = 15 * 60;
const CLOCKS_SECONDS = 60;
const algorithms = ["RS256", "PS256", "ES256"];

export interface Provider {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** Levels of assurance that are enough for a credential; none are asked for where there are none. */
  readonly levels: readonly string[];
  /** HMAC key under which the roll has fiscal numbers. */
  readonly fiscalNumberKey: Uint8Array;
}

export interface Attested {
  readonly fiscalHash: Uint8Array;
  /** Where the provider says that the person is written to. */
  readonly email: string | undefined;
  readonly language: "it" | "en";
  readonly tokenDigest: Uint8Array;
}

const tokenSchema = z.looseObject({
  sub: z.string().min(1).max(255),
  nonce: z.string().max(100),
  iat: z.number(),
  auth_time: z.number().optional(),
  acr: z.string().max(255).optional(),
});

const personSchema = z.looseObject({
  sub: z.string().min(1).max(255),
  fiscal_number: z
    .string()
    .trim()
    .toUpperCase()
    .transform((value) => value.replace(/^TINIT-/, ""))
    .pipe(z.string().regex(/^[A-Z0-9]{16}$/)),
  email: z.email().max(254).optional(),
  locale: z.string().optional(),
});

/** @throws PartRefusal `bad_token`, `low_level`, `old_token`, `other_round` or `bad_userinfo` */
export async function attested(
  provider: Provider,
  freeze: Uint8Array,
  enrolmentKey: Uint8Array,
  token: string,
  userinfo: string,
  now = new Date(),
): Promise<Attested> {
  const signed = await verified(provider, token, "bad_token", now);
  const claims = tokenSchema.safeParse(signed);
  if (!claims.success) throw new PartRefusal(403, "bad_token");
  const { sub, nonce, iat, auth_time, acr } = claims.data;
  if (provider.levels.length > 0 && !provider.levels.includes(acr ?? ""))
    throw new PartRefusal(403, "low_level");
  const age = now.getTime() / 1000 - Math.min(iat, auth_time ?? iat);
  if (age > MOST_AGE_SECONDS) throw new PartRefusal(403, "old_token");
  const expected = Buffer.from(enrolmentNonce(freeze, enrolmentKey)).toString("base64url");
  if (nonce !== expected) throw new PartRefusal(403, "other_round");
  const person = personSchema.safeParse(await verified(provider, userinfo, "bad_userinfo", now));
  if (!person.success || person.data.sub !== sub) throw new PartRefusal(403, "bad_userinfo");
  const { fiscal_number, email, locale } = person.data;
  const hash = createHmac("sha256", provider.fiscalNumberKey).update(fiscal_number).digest();
  return {
    fiscalHash: new Uint8Array(hash),
    email,
    language: locale?.startsWith("en") ? "en" : "it",
    tokenDigest: new Uint8Array(createHash("sha256").update(token).digest()),
  };
}

async function verified(provider: Provider, text: string, code: string, now: Date): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(text, provider.keys, {
      issuer: provider.issuer,
      audience: votingClient,
      algorithms,
      currentDate: now,
      clockTolerance: CLOCKS_SECONDS,
    });
    // A token for two parties could have been asked for by the other one.
    if (Array.isArray(payload.aud) && payload.aud.length > 1) throw new PartRefusal(403, code);
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new PartRefusal(403, "old_token");
    if (error instanceof errors.JWKSTimeout || isNetwork(error)) throw new PartRefusal(503, "provider_away");
    if (error instanceof errors.JOSEError) throw new PartRefusal(403, code);
    throw error;
  }
}

function isNetwork(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^E[A-Z]+$/.test(String(error.code));
}
