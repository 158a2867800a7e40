import NextAuth from "next-auth";
import { authOptions, PROVIDER } from "@/lib/auth";

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * Where the identity provider leads back to, and nothing else of the library: signing in begins at /api/sign-in, and what
 * tells or renews a session, or begins one with other parameters, is not there.
 */
export async function GET(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (nextauth.join("/") !== `callback/${PROVIDER}`) return new Response(null, { status: 404 });
  // Options are made for each request: when the module is loaded by a build there is no environment yet.
  return NextAuth(authOptions())(request, context);
}
