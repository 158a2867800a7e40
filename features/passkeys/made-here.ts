"use client";

/** Codes of the keys that this browser has made: what the site says of a key later is compared with them. */
const prefix = "passkey-code/";

export function rememberCode(id: string, code: string): void {
  try {
    localStorage.setItem(prefix + id, code);
  } catch {
    // Without storage the page says that this browser cannot compare.
  }
}

export function codeMadeHere(id: string): string | undefined {
  try {
    return localStorage.getItem(prefix + id) ?? undefined;
  } catch {
    return undefined;
  }
}
