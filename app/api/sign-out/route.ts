import { cookies } from "next/headers";
import { cookieName } from "@/lib/cookie-name";
import { env } from "@/lib/env";
import { endSessionLocation } from "@/lib/identity-provider";
import { isSameSite } from "@/lib/same-site";

/** Ends the session here, then leads to the provider, which ends its own and leads back. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameSite(request)) return new Response(null, { status: 403 });
  const language = (await request.formData()).get("language") === "en" ? "en" : "it";
  const location = await endSessionLocation(language);
  const jar = await cookies();
  // A long session is spread over several cookies: name, name.0, name.1 …
  const session = cookieName("session");
  for (const { name } of jar.getAll())
    if (name === session || name.startsWith(`${session}.`))
      jar.set(name, "", { path: "/", maxAge: 0, secure: env.ORIGIN.startsWith("https:") });
  return new Response(null, { status: 303, headers: { location } });
}
