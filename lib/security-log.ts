import "server-only";
import { log } from "./log";

/** What whoever looks after the site has to be able to find later, by its name. */
export type SecurityEvent =
  | "signed_in"
  | "sign_in_refused"
  | "signed_out"
  | "session_ended"
  | "not_allowed"
  | "sign_in_again_asked"
  | "limit_reached"
  | "passkey_offered"
  | "person_erased";

/** Identifiers and codes alone: nothing here can hold a name, an address or a text. */
type Facts = {
  /** Random identifiers. */
  person?: string;
  session?: string;
  by?: string;
  municipality?: string;
  organisation?: string;
  role?: string;
  /** Names of the program's own. */
  action?: string;
  permission?: string;
  reason?: string;
  level?: number;
};

/** One line of the log, at level `info`, with `security` as its message and the event's name in `event`. */
export function securityEvent(event: SecurityEvent, facts: Facts): void {
  const known: Record<string, string | number> = { event };
  for (const name of names) {
    const value = facts[name];
    if (typeof value === "number" || (typeof value === "string" && isIdentifier(value))) known[name] = value;
  }
  log.info(known, "security");
}

const names = [
  ...(["person", "session", "by", "municipality", "organisation", "role"] as const),
  ...(["action", "permission", "reason", "level"] as const),
];

/** No blank, no address, no fiscal number: what was passed by mistake is left out. */
function isIdentifier(value: string): boolean {
  return (
    /^[\w:-]{1,64}$/.test(value) && !/[A-Z]{6}[\dA-Z]{2}[A-Z][\dA-Z]{2}[A-Z][\dA-Z]{3}[A-Z]/i.test(value)
  );
}
