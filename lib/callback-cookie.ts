import "server-only";
import { cookies } from "next/headers";
import { cookieName } from "./cookie-name";

/**
 * Forgets where to go after signing in if a cookie says something that is no address: next-auth would answer 500 to all
 * that this browser asks of it.
 */
export async function forgetBadCallback(): Promise<void> {
  const held = await cookies();
  const name = cookieName("callback");
  const value = held.get(name)?.value;
  if (value && !isAddress(value)) held.delete(name);
}

/** As next-auth asks it: a path, or an address of the web. */
function isAddress(value: string): boolean {
  if (!URL.canParse(value, value.startsWith("/") ? "http://site" : undefined)) return false;
  return /^https?:$/.test(new URL(value, "http://site").protocol);
}
