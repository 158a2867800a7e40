import "server-only";
import { db } from "./db";
import { keyedHash } from "./encryption";
import { TooManyError } from "./errors";
import type { Permission } from "./permissions";
import { securityEvent } from "./security-log";

/** How often one person, or one address, may do something within an hour. */
const limits = {
  comments: 20,
  supports: 120,
  adhesions: 60,
  votes: 20,
  proposals: 20,
  uploads: 60,
  pictures: 30,
  reports: 20,
  /** Messages and requests to providers by which an administrator tries the settings. */
  tests: 10,
  meetings: 30,
  registrations: 60,
  /** Of all kinds together, saving while one types among them. */
  actions: 600,
  /** By address: a house or an office has one for many people. */
  signIns: 300,
  searches: 1_200,
  /** By address too: nobody signs in to say how clear a page is. */
  feedback: 60,
  checks: 120,
} as const;

export type Limited = keyof typeof limits;

const byAddress: readonly Limited[] = ["signIns", "searches", "feedback", "checks"];

const HOUR_MS = 3600_000;

const byPermission: Partial<Record<Permission, Limited>> = {
  "comments:write": "comments",
  "comments:support": "supports",
  "comments:report": "reports",
  "proposals:adhere": "adhesions",
  "proposals:withdrawAdhesion": "adhesions",
  "ballots:request": "votes",
  "pictures:add": "pictures",
  "pictures:report": "reports",
  "proposals:submit": "proposals",
  "meetings:convene": "meetings",
  "meetings:register": "registrations",
  // Nobody guesses codes.
  "drafts:claim": "proposals",
  "rounds:object": "proposals",
  "milestones:object": "proposals",
};

/** Counts one action of a person. @throws TooManyError */
export async function countAction(person: string, permission: Permission): Promise<void> {
  await count("actions", person);
  const limited = byPermission[permission];
  if (limited) await count(limited, person);
}

/**
 * Counts one more, in the database, so that a restart or a second process forgets nothing.
 * @param who a person's id or an address; kept only as a keyed hash, until the hour is over
 * @throws TooManyError with the minutes after which it may be tried again
 */
export async function count(what: Limited, who: string, now = new Date()): Promise<void> {
  const key = keyedHash("rate", what, who);
  const resetAt = new Date(now.getTime() + HOUR_MS);
  const [row] = await db.$queryRaw<{ count: number; resetAt: Date }[]>`
    INSERT INTO public."RateCount" AS held (key, count, "resetAt") VALUES (${key}, 1, ${resetAt})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN held."resetAt" <= ${now} THEN 1 ELSE held.count + 1 END,
      "resetAt" = CASE WHEN held."resetAt" <= ${now} THEN ${resetAt} ELSE held."resetAt" END
    RETURNING count, "resetAt"`;
  if (!row || row.count <= limits[what]) return;
  if (row.count === limits[what] + 1)
    securityEvent("limit_reached", { ...(!byAddress.includes(what) && { person: who }), reason: what });
  throw new TooManyError(Math.max(1, Math.ceil((row.resetAt.getTime() - now.getTime()) / 60_000)));
}

/** Forgets counts whose hour is over. */
export async function forgetCounts(now = new Date()): Promise<void> {
  await db.rateCount.deleteMany({ where: { resetAt: { lt: now } } });
}
