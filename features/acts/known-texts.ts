"use client";

import { useEffect, useState } from "react";
import { saltedBytes } from "@/features/documents/rules";

/** A text that the site says a digest stands for. */
type Said = { digest: string; salt: string; text: string };

/** Of the texts that the site gives, those whose digest this browser has computed again and found to be the one said. */
export function useVerifiedTexts(said: readonly Said[]): Record<string, string> {
  const [verified, setVerified] = useState<Record<string, string>>({});
  useEffect(() => {
    let isCurrent = true;
    Promise.all(said.map(async (one) => ((await isDigestOf(one)) ? [[one.digest, one.text]] : [])))
      .then((pairs) => isCurrent && setVerified(Object.fromEntries(pairs.flat())))
      // Without the means to hash nothing is called verified.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [said]);
  return verified;
}

async function isDigestOf({ digest, salt, text }: Said): Promise<boolean> {
  return (await sha256Hex(new TextEncoder().encode(saltedBytes(salt, text)))) === digest;
}

/** SHA-256 by the browser, lower-case hexadecimal. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
