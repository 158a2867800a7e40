import "server-only";
import { z } from "zod";
import { env, isTrialSignIn } from "./env";
import type { Locale } from "./language/routing";
import { currentToken } from "./session";

/** Where to sign in: a real provider where one is configured, the trial one under our own address otherwise. */
export function issuer(): string {
  return env.OIDC_ISSUER ?? `${env.ORIGIN}/trial-id`;
}

export function isTrialProvider(): boolean {
  return isTrialSignIn();
}

/** Whether there is a provider beside those of the federations of SPID and CIE: one that is configured, or the trial's. */
export function hasOwnProvider(): boolean {
  return env.OIDC_ISSUER !== undefined || isTrialProvider();
}

const discoverySchema = z.object({ end_session_endpoint: z.url().optional() });

/**
 * Where a browser goes to end the provider's session, and from there back to our page that confirms it.
 * A provider that cannot end sessions, or does not answer, must not keep a person signed in here.
 */
export async function endSessionLocation(language: Locale): Promise<string> {
  const back = `${env.ORIGIN}${signedOutPath[language]}`;
  const idToken = (await currentToken())?.idToken;
  const endpoint = idToken && (await endSessionEndpoint().catch(() => undefined));
  if (!endpoint) return `${env.ORIGIN}${signedOutHerePath[language]}`;
  const url = new URL(endpoint);
  url.searchParams.set("id_token_hint", idToken);
  url.searchParams.set("client_id", env.OIDC_CLIENT_ID);
  url.searchParams.set("post_logout_redirect_uri", back);
  url.searchParams.set("ui_locales", language);
  return url.href;
}

/** Registered with the provider, letter for letter. */
export const signedOutPath = { it: "/accedi?uscito=1", en: "/en/sign-in?uscito=1" } as const;

/** Where only our own session has ended: SPID and CIE, and providers that do not answer, may keep theirs. */
const signedOutHerePath = { it: "/accedi?uscito=qui", en: "/en/sign-in?uscito=qui" } as const;

async function endSessionEndpoint(): Promise<string | undefined> {
  const response = await fetch(`${issuer()}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(5000),
  });
  return discoverySchema.parse(await response.json()).end_session_endpoint;
}
