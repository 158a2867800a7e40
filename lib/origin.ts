const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * One machine answers to several loopback names, but cookies and the identity provider's callback belong to
 * one of them. Returns the origin to go to when a browser used another, and undefined when it is right as it
 * is or when the names are not ours to choose between (a public name behind a proxy, a health check).
 */
export function canonicalLocation(host: string | undefined, origin: string): string | undefined {
  if (!host || !URL.canParse(`http://${host}`)) return undefined;
  const asked = new URL(`http://${host}`);
  const canonical = new URL(origin);
  const samePort = asked.port === canonical.port;
  const bothLoopback = loopbackNames.has(asked.hostname) && loopbackNames.has(canonical.hostname);
  return bothLoopback && samePort && asked.hostname !== canonical.hostname ? canonical.origin : undefined;
}

/**
 * Whether an address can be read at all: the escapes of its path are UTF-8, and none is the character that no
 * database keeps. Pages would only fail over the others.
 */
export function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return !url.includes("%00");
  } catch {
    return false;
  }
}

/** Whether the site is known by a name that leads to the visitor's own machine. */
export function isLoopbackOrigin(origin: string): boolean {
  return loopbackNames.has(new URL(origin).hostname);
}

/**
 * Whether the trial identity provider, where everybody is whoever they choose to be, may serve: this machine alone,
 * unless the operator has asked for more.
 */
export function mayServeTrialSignIn(options: {
  HOST: string;
  ORIGIN: string;
  TRIAL_SIGN_IN_FOR_EVERYBODY: boolean;
}): boolean {
  const host = options.HOST === "::1" ? "[::1]" : options.HOST;
  return options.TRIAL_SIGN_IN_FOR_EVERYBODY || (loopbackNames.has(host) && isLoopbackOrigin(options.ORIGIN));
}
