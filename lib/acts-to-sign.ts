import { AsyncLocalStorage } from "node:async_hooks";

/** An act that was queued and waits for its person's passkey. */
export type ActToSign = { readonly id: string; readonly person: string };

// Bundles may hold this module more than once; an action is in one of them, the outbox perhaps in another.
const held = globalThis as { cocityActsToSign?: AsyncLocalStorage<ActToSign[]> };
held.cocityActsToSign ??= new AsyncLocalStorage<ActToSign[]>();
const collections = held.cocityActsToSign;

/** Runs `work` and says which acts it has queued that wait for a signature. */
export async function collectingActs<T>(work: () => Promise<T>): Promise<{ outcome: T; acts: ActToSign[] }> {
  const acts: ActToSign[] = [];
  return { outcome: await collections.run(acts, work), acts };
}

/** Notes an act for the action that is running; outside of one nobody asks. */
export function noteActToSign(act: ActToSign): void {
  collections.getStore()?.push(act);
}
