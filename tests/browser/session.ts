import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { cookieName } from "@/lib/cookie-name";
import { db } from "@/lib/db";
import { env } from "@/lib/env";

/**
 * The cookie of a person who has signed in, as the site itself makes it, for requests without a browser. Needs the
 * environment of the site, see `shareEnvironment`.
 */
export async function sessionCookie(person: string): Promise<string> {
  const id = randomUUID();
  const endsAt = new Date(Date.now() + 8 * 3600_000);
  await db.session.create({ data: { id, person, level: 2, authenticatedAt: new Date(), endsAt } });
  const token = await encode({ token: { session: id }, secret: env.NEXTAUTH_SECRET });
  return `${cookieName("session")}=${token}`;
}
