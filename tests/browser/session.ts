import { encode } from "next-auth/jwt";
import { cookieName } from "@/lib/cookie-name";
import { env } from "@/lib/env";

/**
 * The cookie of a person who has signed in, as the site itself makes it, for requests without a browser. Needs the
 * environment of the site, see `shareEnvironment`.
 */
export async function sessionCookie(person: string): Promise<string> {
  const token = await encode({ token: { person }, secret: env.NEXTAUTH_SECRET });
  return `${cookieName("session")}=${token}`;
}
