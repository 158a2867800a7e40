/** Signed statements of a federation (OpenID Federation 1.0): entity configurations, subordinate statements, trust marks. */
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JWK, jwtVerify } from "jose";
import { z } from "zod";
import { type KeySet, keySetSchema } from "./key-set";
import { FederationRefusal, refusing } from "./refusal";

/** What SPID and CIE allow for signatures; `none` and shared secrets are not among them. */
export const signatureAlgorithms = ["RS256", "RS512"] as const;
/** Clocks differ. */
export const toleranceSeconds = 60;
const longestStatement = 60_000;

const entityId = z.url({ protocol: /^https?$/ }).max(1000);
const entries = z.record(z.string(), z.unknown());

const statementSchema = z.looseObject({
  iss: entityId,
  sub: entityId,
  iat: z.int(),
  exp: z.int(),
  jwks: keySetSchema,
  authority_hints: z.array(entityId).min(1).max(10).optional(),
  metadata: z.record(z.string(), entries).optional(),
  metadata_policy: z.record(z.string(), z.record(z.string(), entries)).optional(),
  metadata_policy_crit: z.array(z.string()).optional(),
  constraints: z
    .looseObject({
      max_path_length: z.int().min(0).optional(),
      naming_constraints: z
        .object({ permitted: z.array(z.string()).optional(), excluded: z.array(z.string()).optional() })
        .optional(),
      allowed_entity_types: z.array(z.string()).optional(),
      allowed_leaf_entity_types: z.array(z.string()).optional(),
    })
    .optional(),
  trust_marks: z
    .array(
      z.union([
        z.string().transform((jwt) => ({ jwt })),
        z.looseObject({ trust_mark: z.string() }).transform(({ trust_mark: jwt }) => ({ jwt })),
      ]),
    )
    .max(20)
    .optional(),
  trust_mark_issuers: z.record(z.string(), z.array(z.string())).optional(),
  /** As SPID and CIE spell it. */
  trust_marks_issuers: z.record(z.string(), z.array(z.string())).optional(),
  crit: z.array(z.string()).optional(),
});

export type Statement = z.output<typeof statementSchema>;
export type Signed = { readonly jwt: string; readonly claims: Statement };

/** What a statement says of itself, before anybody has vouched for it. @throws FederationRefusal `statement` */
export function readStatement(jwt: string): Signed {
  if (jwt.length > longestStatement) throw new FederationRefusal("statement", "too long");
  let claims: unknown;
  try {
    claims = decodeJwt(jwt);
  } catch {
    throw new FederationRefusal("statement", "no signed statement");
  }
  const parsed = statementSchema.safeParse(claims);
  if (!parsed.success)
    throw new FederationRefusal("statement", `form: ${parsed.error.issues[0]?.path.join(".")}`);
  // What the sender calls critical and we do not know must not be passed over.
  if (parsed.data.crit?.length || parsed.data.metadata_policy_crit?.length)
    throw new FederationRefusal("statement", "critical claims that are not known");
  return { jwt, claims: parsed.data };
}

/**
 * Checks the signature of a statement by keys that somebody else vouches for, its issuer, subject and time.
 * @throws FederationRefusal `statement`
 */
export async function verifyStatement(
  { jwt, claims }: Signed,
  expected: { keys: KeySet; issuer: string; subject: string; now: Date },
): Promise<void> {
  await verifySigned(jwt, { ...expected, code: "statement", types: ["entity-statement+jwt"] });
  if (claims.iss !== expected.issuer) throw new FederationRefusal("statement", "issuer");
}

/**
 * A signature by one key of a set, named by its `kid`, with one of the algorithms we take, and the times of the claims.
 * @throws FederationRefusal with `code`
 */
export async function verifySigned(
  jwt: string,
  expected: {
    keys: KeySet;
    issuer: string;
    subject?: string;
    audience?: string;
    now: Date;
    code: "statement" | "trust_mark" | "token";
    /** Values of `typ`; without them it may be what it likes, and need not be there. */
    types?: readonly string[];
  },
): Promise<Record<string, unknown>> {
  const { keys, issuer, subject, audience, now, code, types } = expected;
  return refusing(code, "signature, issuer, subject, audience or time", async () => {
    const header = decodeProtectedHeader(jwt);
    if (!header.kid) throw new FederationRefusal(code, "names no key");
    if (types && !types.includes(String(header.typ))) throw new FederationRefusal(code, "type");
    const { payload } = await jwtVerify(jwt, createLocalJWKSet({ keys: keys.keys as JWK[] }), {
      algorithms: [...signatureAlgorithms],
      issuer,
      ...(subject !== undefined && { subject }),
      ...(audience !== undefined && { audience }),
      currentDate: now,
      clockTolerance: toleranceSeconds,
      requiredClaims: ["iat", "exp"],
    });
    if ((payload.iat ?? Number.POSITIVE_INFINITY) > now.getTime() / 1000 + toleranceSeconds)
      throw new FederationRefusal(code, "issued in time to come");
    return payload;
  });
}
