import { env } from "./env";

/**
 * Cookies ignore ports: two installations on one machine must not read each other's. Where the site is reached by https
 * the prefix has browsers take them from this host alone, over https, for the whole site.
 */
export function cookieName(purpose: string): string {
  const { port, protocol } = new URL(env.ORIGIN);
  const secure = protocol === "https:";
  return `${secure ? "__Host-" : ""}cocity-${port || (secure ? "443" : "80")}-${purpose}`;
}
