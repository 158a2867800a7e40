/** Origins of organisations' sites, to which passkeys are bound. */
import { z } from "zod";

/**
 * A web origin as browsers write it (`https://city.example`), with a host name that can be a relying-party id: an
 * address of numbers cannot. Only `localhost`, in a trial, is without TLS.
 */
export const Origin = z.string().max(200).refine(isOrigin);

/** The relying-party id of an origin: its host, exactly. @param origin what `Origin` accepted */
export function relyingPartyId(origin: string): string {
  return new URL(origin).hostname;
}

/** Whether only a trial's organisation may have it. */
export function isTrialOrigin(origin: string): boolean {
  return relyingPartyId(origin) === "localhost";
}

/** Whether a browser's origin is the given one; in a trial on any port. */
export function isSameOrigin(origin: string, said: string, trial: boolean): boolean {
  if (origin === said) return true;
  if (!trial || !isOrigin(said)) return false;
  const [one, other] = [new URL(origin), new URL(said)];
  return one.protocol === other.protocol && one.hostname === other.hostname;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  if (origin !== text || /^[\d.]+$|^\[/.test(hostname) || hostname.endsWith(".")) return false;
  return protocol === "https:" || (protocol === "http:" && hostname === "localhost");
}
