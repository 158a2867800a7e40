import "server-only";
import { randomUUID } from "node:crypto";
import { cookies, headers } from "next/headers";
import { decode, type JWT } from "next-auth/jwt";
import { cookieName } from "./cookie-name";
import { type Database, db } from "./db";
import { deviceOf } from "./device";
import { env } from "./env";
import { securityEvent } from "./security-log";
import type { Level } from "./sign-in-rules";

/** However much a session is used, it ends. */
export const SESSION_SECONDS = 8 * 3600;
/** A session that nobody uses ends sooner. */
const IDLE_MS = 3600_000;
/** Looking at pages is noted no more often than this. */
const NOTED_MS = 60_000;

export type LiveSession = { id: string; person: string; level: Level; authenticatedAt: Date };

/** Begins a session of somebody who has just signed in; another one of the same browser ends. */
export async function openSession(who: {
  person: string;
  level: Level;
  authenticatedAt: Date;
}): Promise<string> {
  const before = (await currentToken())?.session;
  if (before) await end({ id: before }, "signed_in_again");
  const id = randomUUID();
  const device = deviceOf((await headers()).get("user-agent") ?? "");
  const endsAt = new Date(Date.now() + SESSION_SECONDS * 1000);
  await db.session.create({ data: { ...who, ...device, id, endsAt } });
  securityEvent("signed_in", { person: who.person, session: id, level: who.level });
  return id;
}

/** A session that has neither been ended nor run out, and notes that it is used. */
export async function liveSession(id: string): Promise<LiveSession | undefined> {
  const now = Date.now();
  const row = await db.session.findFirst({ where: { id, ...live(now) } });
  if (!row) return undefined;
  if (now - row.seenAt.getTime() > NOTED_MS)
    await db.session.updateMany({ where: { id, endedAt: null }, data: { seenAt: new Date(now) } });
  const { person, level, authenticatedAt } = row;
  return { id, person, level: level as Level, authenticatedAt };
}

/** Ends the session of this browser. A long cookie is spread over several: name, name.0, name.1 … */
export async function endSession(): Promise<void> {
  const session = (await currentToken())?.session;
  if (session) await end({ id: session }, "signed_out");
  const jar = await cookies();
  const name = cookieName("session");
  for (const cookie of jar.getAll())
    if (cookie.name === name || cookie.name.startsWith(`${name}.`))
      jar.set(cookie.name, "", { path: "/", maxAge: 0, secure: env.ORIGIN.startsWith("https:") });
}

/** Ends one of a person's sessions, or all but the one they use. */
export async function endSessionsOf(
  person: string,
  which: { id: string } | { allBut: string },
): Promise<number> {
  return end(
    "id" in which ? { id: which.id, person } : { person, id: { not: which.allBut } },
    "ended_by_person",
  );
}

/** Ends every session of a person who is erased, with the erasure itself. */
export async function endAllSessions(tx: Database, person: string): Promise<void> {
  await tx.session.deleteMany({ where: { person } });
}

export type SessionView = {
  id: string;
  browser: string | null;
  system: string | null;
  since: Date;
  seenAt: Date;
};

/** The sessions of a person that are good now, the one used last first. */
export async function sessionsOf(person: string): Promise<SessionView[]> {
  const rows = await db.session.findMany({
    where: { person, ...live(Date.now()) },
    orderBy: { seenAt: "desc" },
    take: 50,
  });
  return rows.map(({ id, browser, system, createdAt, seenAt }) => ({
    ...{ id, browser, system, seenAt },
    since: createdAt,
  }));
}

/** Forgets sessions a day after they have run out. */
export async function forgetSessions(now = new Date()): Promise<void> {
  await db.session.deleteMany({ where: { endsAt: { lt: new Date(now.getTime() - 24 * 3600_000) } } });
}

/** What this browser's cookie says, whatever has become of the session it names. */
export async function currentToken(): Promise<JWT | undefined> {
  const name = cookieName("session");
  const parts = (await cookies())
    .getAll()
    .filter((cookie) => cookie.name === name || cookie.name.startsWith(`${name}.`))
    .sort((a, b) => Number(a.name.slice(name.length + 1)) - Number(b.name.slice(name.length + 1)));
  if (parts.length === 0) return undefined;
  const token = parts.map((part) => part.value).join("");
  return (await decode({ token, secret: env.NEXTAUTH_SECRET }).catch(() => null)) ?? undefined;
}

function live(now: number) {
  return {
    endedAt: null,
    endsAt: { gt: new Date(now) },
    seenAt: { gt: new Date(now - IDLE_MS) },
  };
}

async function end(
  where: { id?: string | { not: string }; person?: string },
  reason: "signed_out" | "signed_in_again" | "ended_by_person",
): Promise<number> {
  const rows = await db.session.findMany({
    where: { ...where, endedAt: null },
    select: { id: true, person: true },
  });
  const { count } = await db.session.updateMany({
    where: { id: { in: rows.map(({ id }) => id) }, endedAt: null },
    data: { endedAt: new Date() },
  });
  for (const { id, person } of rows)
    securityEvent(reason === "signed_out" ? "signed_out" : "session_ended", { person, session: id, reason });
  return count;
}
