import { createHash, randomBytes } from "node:crypto";
import type { Database } from "@/lib/db";
import { saltedBytes } from "./rules";

export function newSalt(): string {
  return randomBytes(32).toString("hex");
}

/** SHA-256 over salt and content. With the salt gone, nobody can link the digest on the ledger to a content. */
export function saltedDigest(salt: string, content: unknown): string {
  return createHash("sha256").update(saltedBytes(salt, content)).digest("hex");
}

/** Keeps a text whose digest goes on the ledger: a reason, a decision. Returns the digest. */
export async function keepText(
  tx: Database,
  text: { municipality: string; author: string; text: string; public: boolean },
): Promise<string> {
  const salt = newSalt();
  const digest = saltedDigest(salt, text.text);
  await tx.saltedText.create({ data: { ...text, salt, digest } });
  return digest;
}
