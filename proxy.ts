import { NextRequest, NextResponse } from "next/server";
import createIntlProxy from "next-intl/middleware";
import { contentSecurityPolicy } from "@/lib/content-security-policy";
import { env } from "@/lib/env";
import { providerOrigins } from "@/lib/federation/settings";
import { routing } from "@/lib/language/routing";
import { requestHeaders } from "@/lib/request-headers";

// Next reads this at build time: literals only. Uploads stay outside because a body that passes through here
// is cut at 10 MB; static files need neither a nonce nor a language. They lie at the top: a page may end like one.
export const config = {
  matcher: [
    "/((?!_next/|api/uploads|api/health|fonts/|map/|[^/]*\\.(?:png|ico|svg|webmanifest|txt|xml|js)$).*)",
  ],
};

const localise = createIntlProxy(routing);

/** Addresses, languages and headers. Nothing here authorises: pages, actions and routes do that themselves. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  // Of the site's front, which gives every request one.
  const id = request.headers.get(requestHeaders.id) ?? crypto.randomUUID();
  const headers = new Headers(request.headers);
  headers.set(requestHeaders.id, id);
  headers.set(requestHeaders.path, pathname + search);

  const response = pathname.startsWith("/api/")
    ? NextResponse.next({ request: { headers } })
    : page(request, headers);
  response.headers.set(requestHeaders.id, id);
  return response;
}

function page(request: NextRequest, headers: Headers): NextResponse {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = contentSecurityPolicy({
    nonce,
    development: env.NODE_ENV === "development",
    formOrigins: [
      ...[env.OIDC_ISSUER, env.SIGNER_ORIGIN].flatMap((url) => (url ? [new URL(url).origin] : [])),
      ...providerOrigins(),
    ],
    tileOrigins: env.MAP_TILES_URL ? [new URL(env.MAP_TILES_URL, env.ORIGIN).origin] : [],
  });
  headers.set(requestHeaders.nonce, nonce);
  // Next finds the nonce for its own scripts in the policy on the request.
  headers.set("content-security-policy", policy);
  const response = localise(new NextRequest(request, { headers }));
  response.headers.set("content-security-policy", policy);
  return response;
}
