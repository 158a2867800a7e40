/** What waits in a person's own browser and is kept nowhere here. The browser cannot read or change it. */
import "server-only";
import { cookies } from "next/headers";
import { cookieName } from "./cookie-name";
import { DecryptionError, decrypt, encrypt } from "./encryption";
import { env } from "./env";

/** Browsers drop a cookie of more than 4,096 bytes without a word. */
const MOST_CHARACTERS = 3800;

/** @returns whether it is kept: what is too long is not */
export async function sealIntoCookie(
  name: string,
  content: string,
  { purpose, seconds }: { purpose: string; seconds: number },
): Promise<boolean> {
  const sealed = Buffer.from(encrypt(content, purpose)).toString("base64url");
  if (sealed.length > MOST_CHARACTERS) return false;
  (await cookies()).set(cookieName(name), sealed, { ...cookieOptions(), maxAge: seconds });
  return true;
}

/** What was sealed for this purpose; undefined where there is nothing, or something for another. */
export async function readSealedCookie(name: string, purpose: string): Promise<string | undefined> {
  const sealed = (await cookies()).get(cookieName(name))?.value;
  if (!sealed || sealed.length > MOST_CHARACTERS) return undefined;
  try {
    return decrypt(Buffer.from(sealed, "base64url"), purpose).toString("utf8");
  } catch (error) {
    if (error instanceof DecryptionError) return undefined;
    throw error;
  }
}

function cookieOptions() {
  return { httpOnly: true, sameSite: "lax" as const, path: "/", secure: env.ORIGIN.startsWith("https:") };
}
