import "server-only";
import { cookies } from "next/headers";
import { cookieName } from "./cookie-name";
import { env } from "./env";

/** Ends the session of this browser. A long one is spread over several cookies: name, name.0, name.1 … */
export async function endSession(): Promise<void> {
  const jar = await cookies();
  const session = cookieName("session");
  for (const { name } of jar.getAll())
    if (name === session || name.startsWith(`${session}.`))
      jar.set(name, "", { path: "/", maxAge: 0, secure: env.ORIGIN.startsWith("https:") });
}
