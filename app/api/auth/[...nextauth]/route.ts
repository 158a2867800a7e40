import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions, PROVIDER } from "@/lib/auth";
import { forgetBadCallback } from "@/lib/callback-cookie";

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * Where the identity provider leads back to, and nothing else of the library: signing in begins at /api/sign-in, and what
 * tells or renews a session, or begins one with other parameters, is not there.
 */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  // Where the library leads whose sign-in came to nothing at the provider: the page says so.
  if (nextauth.join("/") === "error")
    return new Response(null, { status: 303, headers: { location: "/accedi?error=failed" } });
  if (nextauth.join("/") !== `callback/${PROVIDER}`) return new Response(null, { status: 404 });
  // Where to go afterwards was said when signing in began, and is in a cookie: nobody else may say it.
  const url = new URL(request.url);
  url.searchParams.delete("callbackUrl");
  await forgetBadCallback();
  // Options are made for each request: when the module is loaded by a build there is no environment yet.
  return NextAuth(authOptions())(new NextRequest(url, { headers: request.headers }), context);
}
