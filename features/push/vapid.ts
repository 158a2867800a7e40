/** By what a push service knows that this site sends: RFC 8292. */
import { importJWK, type JWK, SignJWT } from "jose";

export type VapidKey = { publicKey: string; privateKey: JWK };

/** Services take no more than a day. */
const GOOD_FOR = "12h";

/** @param contact `mailto:` or `https:` address of who sends, for whoever runs the push service */
export async function vapidHeader(
  { publicKey, privateKey }: VapidKey,
  { endpoint, contact }: { endpoint: string; contact: string | undefined },
): Promise<string> {
  const token = new SignJWT({ ...(contact !== undefined && { sub: contact }) })
    .setProtectedHeader({ alg: "ES256", typ: "JWT" })
    .setAudience(new URL(endpoint).origin)
    .setExpirationTime(GOOD_FOR);
  return `vapid t=${await token.sign(await importJWK(privateKey, "ES256"))}, k=${publicKey}`;
}
