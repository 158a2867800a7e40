import { env } from "./env";

/** Cookies ignore ports: two installations on one machine must not read each other's. */
export function cookieName(purpose: string): string {
  const { port, protocol } = new URL(env.ORIGIN);
  return `cocity-${port || (protocol === "https:" ? "443" : "80")}-${purpose}`;
}
