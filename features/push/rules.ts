/** Of messages to a person's devices. Pure. */

/** Of one person. */
export const MOST_DEVICES = 10;
/** A message that could not be sent for so long tells nothing new any more. */
export const GOOD_FOR_DAYS = 3;
const MOST_WAIT_SECONDS = 86_400;

/**
 * Whether an address may be that of a browser at its push service: https, on the usual port. Whether its name leads into
 * a private network is seen when it is asked.
 * @param ownOrigins of push services that the operator has named
 */
export function isPushEndpoint(address: string, ownOrigins: readonly string[]): boolean {
  if (address.length > 1_000 || !URL.canParse(address)) return false;
  const { origin, protocol, port, username, password, hash } = new URL(address);
  if (username || password || hash) return false;
  return isOwnService(origin, ownOrigins) || (protocol === "https:" && port === "");
}

export function isOwnService(origin: string, ownOrigins: readonly string[]): boolean {
  return ownOrigins.some((own) => URL.canParse(own) && new URL(own).origin === origin);
}

/** When a service that answered `Retry-After`, in seconds or as a date, wants to be asked again; undefined where it does not say. */
export function notBeforeOf(retryAfter: string | undefined, now: Date): Date | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(retryAfter.trim())
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - now.getTime()) / 1_000;
  if (!(seconds > 0)) return undefined;
  return new Date(now.getTime() + Math.min(seconds, MOST_WAIT_SECONDS) * 1_000);
}

export type Outcome = "sent" | "gone" | "dropped" | "again";

/** What an answer of a push service means (RFC 8030, section 5, and what services answer in practice). */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return "sent";
  if (status === 404 || status === 410) return "gone";
  return status === 408 || status === 429 || status >= 500 ? "again" : "dropped";
}
