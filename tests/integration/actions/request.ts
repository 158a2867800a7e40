import { randomBytes, randomUUID } from "node:crypto";
import { vi } from "vitest";
import { nextIntlServer } from "@/tests/next-intl-server";
import { freshDatabase } from "../database";

/** What the framework knows of the request that is being answered. Ours, from action to database, is all real. */
export const request = {
  /** Who has signed in. */
  person: undefined as string | undefined,
  session: { level: 2, minutesAgo: 0 },
  path: "/torino",
  locale: "it" as "it" | "en",
  /** Whether the page's script posts the form; otherwise the browser does. */
  isFromScript: true,
  /** How often an action has asked for its page to be drawn again. */
  drawnAgain: 0,
};

/**
 * A database, and the framework's part of a request, for tests that call server actions as Next does. Call it once, at the
 * top of the file, and import what is tested after it:
 *
 *     const { db } = await serverActions();
 *     const { writeComment } = await import("@/features/comments/actions");
 */
export async function serverActions() {
  for (const name of ["KEY_ENCRYPTION_KEY", "FISCAL_NUMBER_KEY"])
    process.env[name] ??= randomBytes(32).toString("hex");
  process.env.NEXTAUTH_SECRET ??= randomBytes(32).toString("hex");
  process.env.OIDC_CLIENT_SECRET ??= randomBytes(32).toString("hex");
  process.env.ORIGIN ??= "http://localhost:3000";
  process.env.LEDGER_CONNECTION ??= "no-such-connection.json";
  vi.doMock("next/headers", () => ({
    headers: async () =>
      new Headers({
        ...{ "x-cocity-path": request.path, "x-request-id": randomUUID() },
        ...(request.isFromScript && { "next-action": "posted" }),
      }),
    cookies: async () => ({ getAll: () => [], get: () => undefined, set: () => undefined }),
  }));
  vi.doMock("next/cache", () => ({
    refresh: () => {
      request.drawnAgain += 1;
    },
  }));
  vi.doMock("@/lib/session", async (original) => ({
    ...(await original<typeof import("@/lib/session")>()),
    currentToken: async () => (request.person ? { session: await sessionOf(request.person) } : undefined),
  }));
  vi.doMock("next-intl/server", () => nextIntlServer(() => request.locale));
  return freshDatabase();
}

/** A session of somebody who has just signed in, or as `request.session` says. */
async function sessionOf(person: string): Promise<string> {
  const { db } = await import("@/lib/db");
  const id = randomUUID();
  const now = Date.now();
  const endsAt = new Date(now + 3600_000);
  const { level, minutesAgo } = request.session;
  const authenticatedAt = new Date(now - minutesAgo * 60_000);
  await db.session.create({ data: { id, person, level, authenticatedAt, endsAt } });
  return id;
}

/** A form as a browser posts it. */
export function formOf(fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
