/** Signatures of organisations' recovery keys, as `openssl dgst -sha256 -sign` writes them. */
import { readFile } from "node:fs/promises";
import { toBase64url } from "@/protocol/acts/base64url";
import { type Organisation, organisations } from "@/protocol/primitives";

export type Signatures = Readonly<Partial<Record<Organisation, Uint8Array>>>;

/** @param given `PART=FILE`, each of one organisation */
export async function readSignatures(given: readonly string[]): Promise<Signatures> {
  const read = given.map(async (one) => {
    const [part = "", path = ""] = one.split("=", 2);
    const organisation = organisations.find((known) => known === part);
    if (!organisation || !path)
      throw new Error(`${one} is not PART=FILE, with one of ${organisations.join(", ")}`);
    return [organisation, await readFile(path)] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** As the chaincode takes them. */
export function inputOfSignatures(signatures: Signatures): { part: Organisation; signature: string }[] {
  return organisations.flatMap((part) => {
    const signature = signatures[part];
    return signature ? [{ part, signature: toBase64url(signature) }] : [];
  });
}
