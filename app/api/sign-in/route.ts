import { createHash, randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { getTranslations } from "next-intl/server";
import { authOptions, PROVIDER } from "@/lib/auth";
import { forgetBadCallback } from "@/lib/callback-cookie";
import { env } from "@/lib/env";
import { TooManyError } from "@/lib/errors";
import { FederationRefusal } from "@/lib/federation/refusal";
import { beginFederatedSignIn } from "@/lib/federation/sign-ins";
import type { Locale } from "@/lib/language/routing";
import { log } from "@/lib/log";
import { count } from "@/lib/rate-limit";
import { isSameSite, ownPath } from "@/lib/same-site";

/**
 * Starts signing in from a plain form. next-auth asks for a token that its own script would fetch first: the
 * form is known to be ours by the browser's headers instead, and the token is given here.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameSite(request)) return new Response(null, { status: 403 });
  const form = await request.formData();
  try {
    await count("signIns", request.headers.get("x-forwarded-for") ?? "");
  } catch (error) {
    if (!(error instanceof TooManyError)) throw error;
    return tooManyAnswer(request, form.get("language") === "en" ? "en" : "it", error);
  }
  const provider = form.get("provider");
  if (typeof provider === "string") return federated(provider, form);
  await forgetBadCallback();
  const options = authOptions();
  const { name, options: cookieOptions } = options.cookies?.csrfToken ?? {};
  if (!name) throw new TypeError("the cookie of the token has no name");
  const csrfToken = randomBytes(32).toString("hex");
  const hash = createHash("sha256").update(`${csrfToken}${env.NEXTAUTH_SECRET}`).digest("hex");
  (await cookies()).set(name, `${csrfToken}|${hash}`, cookieOptions);

  const url = new URL(`/api/auth/signin/${PROVIDER}`, env.ORIGIN);
  // Who they are is asked again, also where the provider still knows it.
  if (form.get("again") === "1") url.searchParams.set("prompt", "login");
  if (form.get("language") === "en") url.searchParams.set("ui_locales", "en");
  const callbackUrl = env.ORIGIN + ownPath(String(form.get("from") ?? ""));
  const inner = new NextRequest(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, callbackUrl }),
  });
  return NextAuth(inner, { params: Promise.resolve({ nextauth: ["signin", PROVIDER] }) }, options);
}

/** Leads to a provider of SPID or CIE; back to the page where it cannot be reached or trusted now. */
async function federated(provider: string, form: FormData): Promise<Response> {
  const language = form.get("language") === "en" ? "en" : "it";
  const from = String(form.get("from") ?? "");
  let location: string;
  try {
    location = await beginFederatedSignIn({ provider, from, language });
  } catch (error) {
    if (!(error instanceof FederationRefusal)) throw error;
    log.warn({ reason: error.code, detail: error.detail }, "federation");
    location = `${language === "en" ? "/en/sign-in" : "/accedi"}?error=provider`;
  }
  return new Response(null, { status: 303, headers: { location } });
}

/** A browser is led back to the page, which says when; whoever asks for no page is told here. */
async function tooManyAnswer(
  request: Request,
  locale: Locale,
  { code, minutes }: TooManyError,
): Promise<Response> {
  const headers = { "retry-after": String(minutes * 60) };
  if (request.headers.get("accept")?.includes("text/html")) {
    const location = `${locale === "en" ? "/en/sign-in" : "/accedi"}?error=limit&minuti=${minutes}`;
    return new Response(null, { status: 303, headers: { ...headers, location } });
  }
  const t = await getTranslations({ locale, namespace: "signIn" });
  return Response.json({ code, sentence: t("limitText", { minutes }) }, { status: 429, headers });
}
