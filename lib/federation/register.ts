/** The register of sign-ins by SPID and CIE, as the rules of both have a service keep it: encrypted, for 24 months. */
import "server-only";
import { db } from "../db";
import { decrypt, encrypt } from "../encryption";
import type { Transcript } from "./authorization";
import type { Provider } from "./providers";

const KEPT_MONTHS = 24;

/** In the place of the open question's secrets: every message, and the statements by which the provider was trusted. */
export async function keep(
  id: string,
  { transcript, provider, outcome }: { transcript: Transcript; provider?: Provider; outcome: string },
): Promise<void> {
  const trustChain = provider?.chain.statements.map(({ jwt }) => jwt) ?? [];
  await db.federatedSignIn.update({
    where: { id },
    data: { outcome, sealed: seal(id, { transcript, trustChain }) },
  });
}

/** Forgets what was kept as long as it has to be. */
export async function forgetFederatedSignIns(now = new Date()): Promise<void> {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - KEPT_MONTHS);
  await db.federatedSignIn.deleteMany({ where: { openedAt: { lt: before } } });
}

/** What was kept of one sign-in, for those whom the law lets ask: the operator's command prints it. */
export async function registerEntry(id: string): Promise<object | undefined> {
  const row = await db.federatedSignIn.findUnique({ where: { id } });
  if (!row) return undefined;
  const { sealed: _, ...plain } = row;
  return { ...plain, kept: unsealed(row) };
}

export function seal(id: string, content: object): Uint8Array<ArrayBuffer> {
  return encrypt(JSON.stringify(content), purposeOf(id));
}

export function unsealed({ id, sealed }: { id: string; sealed: Uint8Array }): unknown {
  return JSON.parse(decrypt(sealed, purposeOf(id)).toString("utf8"));
}

function purposeOf(id: string): string {
  return `FederatedSignIn.sealed ${id}`;
}
