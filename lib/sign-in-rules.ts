/** Whether an identity provider's answer is what was asked for. Pure. */
import { z } from "zod";

export type Level = 0 | 1 | 2 | 3;

/** What the site asked the provider for. */
export type Asked = {
  issuer: string;
  clientId: string;
  /** Values of `acr_values`, the first preferred. */
  acrValues: readonly string[];
  /** How long ago the person may have proved who they are, seconds. */
  maxAgeSeconds: number;
};

export type Answer =
  | { ok: true; level: Level; authenticatedAt: Date }
  /** `level`: the person used a weaker way than was asked for. `answer`: it is not an answer to our question. */
  | { ok: false; problem: "level" | "answer" };

/** Clocks differ. */
const toleranceSeconds = 60;

/** Values of SPID, CIE and eIDAS by the level they say. */
const levels: readonly (readonly [pattern: RegExp, level: Level])[] = [
  [/(^|[/:])SpidL3$|LoA\/high$/, 3],
  [/(^|[/:])SpidL2$|LoA\/substantial$/, 2],
  [/(^|[/:])SpidL1$|LoA\/low$/, 1],
];

/** The level that a value of `acr` says; 0 where it says none that is known. */
export function levelOf(acr: string): Level {
  return levels.find(([pattern]) => pattern.test(acr))?.[1] ?? 0;
}

/**
 * Judges the claims of an ID token whose signature, nonce and expiry the library has checked.
 * A value of `acr` that is not known counts as level 2 where it is just what was asked for.
 */
export function judgeAnswer(claims: unknown, asked: Asked, now: Date): Answer {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return { ok: false, problem: "answer" };
  const { iss, aud, acr, auth_time: authTime } = parsed.data;
  const audience = Array.isArray(aud) ? aud : [aud];
  const seconds = now.getTime() / 1000;
  const known = iss === asked.issuer && audience.includes(asked.clientId);
  const recent =
    authTime <= seconds + toleranceSeconds && seconds - authTime <= asked.maxAgeSeconds + toleranceSeconds;
  if (!known || !recent) return { ok: false, problem: "answer" };
  const level = levelOf(acr) || (asked.acrValues.includes(acr) ? 2 : 0);
  const least = Math.min(...asked.acrValues.map((value) => levelOf(value) || 2));
  if (level < least) return { ok: false, problem: "level" };
  return { ok: true, level, authenticatedAt: new Date(authTime * 1000) };
}

const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  acr: z.string(),
  auth_time: z.int(),
});
