/** What the sign-in for a credential leaves behind the hash of the address it leads back to. */
export type Returned = { readonly token: string; readonly userinfo: string } | { readonly error: string };

/** Reads it and takes it out of the address and of the browser's history. */
export function takeReturned(): Returned | null {
  const returned = readReturned(location.hash);
  if (returned) history.replaceState(history.state, "", location.pathname + location.search);
  return returned;
}

export function readReturned(hash: string): Returned | null {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const error = given.get("error");
  if (error !== null) return { error: /^[a-z_]{1,60}$/.test(error) ? error : "sign_in_failed" };
  const token = given.get("token");
  const userinfo = given.get("userinfo");
  return token && userinfo ? { token, userinfo } : null;
}
