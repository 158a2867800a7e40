/**
 * What a tab keeps of a sealed round: the seed until the ballot is received, and choices, on this device only. Whoever
 * asks for it has it kept beyond the tab.
 */
import type { BallotContent } from "@/voting/ballots/content";
import type { Holding } from "@/voting/sealed/rho-list";
import type { Sent } from "./device/ballot";
import { ofBase64, ofHex, toBase64, toHex } from "./device/bytes";

export interface Kept {
  /** Hexadecimal; null once a ballot was received and nobody asked to keep it. */
  readonly seed: string | null;
  /** Whether the voter has the words: not yet, checked, or wants none. */
  readonly words: "shown" | "checked" | "none";
  readonly holding: HeldText | null;
  /** Whether the public list has the entry by which a second device finds what is held. */
  readonly listed: boolean;
  readonly draft: KeptDraft;
  readonly sent: readonly Sent[];
  /** By which this tab's order of projects is drawn. */
  readonly order: string;
}

export interface KeptDraft {
  readonly content: BallotContent | null;
  readonly attempt: number;
  /** Noted before it leaves the device: until its receipt is here it may count, and is neither opened nor changed. */
  readonly sending?: SealedText;
}

/** A sealed ballot as the page tells of it. */
export interface SealedText {
  readonly seq: number;
  /** Of its envelope, hexadecimal. */
  readonly digest: string;
}

export interface HeldText {
  readonly rhos: readonly string[];
  readonly area: number;
  readonly credentials: readonly string[];
  readonly postingCredential: string;
}

export function freshKept(seed: Uint8Array): Kept {
  return {
    ...{ seed: toHex(seed), words: "shown", holding: null, listed: false, sent: [] },
    draft: { content: null, attempt: 1 },
    order: newOrder(),
  };
}

export function withSending(kept: Kept, { seq, digest }: SealedText): Kept {
  return { ...kept, draft: { ...kept.draft, sending: { seq, digest } } };
}

/** @param stays whether the voter keeps the words on this device */
export function withReceipt(kept: Kept, sent: Sent, stays: boolean): Kept {
  return {
    ...kept,
    ...(!stays && { seed: null, holding: null }),
    draft: { content: null, attempt: 1 },
    sent: [...kept.sent, sent],
  };
}

export function newOrder(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(6)));
}

export function seedOf(kept: Kept): Uint8Array | null {
  return ofHex(kept.seed, 16);
}

export function heldText({ rhos, area, credentials, postingCredential }: Holding): HeldText {
  return {
    ...{ rhos: rhos.map(toHex), area, credentials: credentials.map(toBase64) },
    postingCredential: toBase64(postingCredential),
  };
}

export function holdingOf(held: HeldText): Holding | null {
  const [a, b, c] = held.rhos.map((rho) => ofHex(rho, 32));
  const [d, e, f] = held.credentials.map((credential) => ofBase64(credential));
  const postingCredential = ofBase64(held.postingCredential);
  if (!a || !b || !c || !d || !e || !f || !postingCredential) return null;
  return { rhos: [a, b, c], area: held.area, credentials: [d, e, f], postingCredential };
}

const nameOf = (round: string) => `sealed ${round}`;

export function readKept(round: string): Kept | null {
  for (const storage of storages()) {
    const text = storage.getItem(nameOf(round));
    if (text) {
      try {
        return JSON.parse(text) as Kept;
      } catch {
        storage.removeItem(nameOf(round));
      }
    }
  }
  return null;
}

/** Writes where it is kept already, or in the tab. */
export function writeKept(round: string, kept: Kept): void {
  const [tab, device] = storages();
  (isOnDevice(round) ? device : tab)?.setItem(nameOf(round), JSON.stringify(kept));
}

export function isOnDevice(round: string): boolean {
  return storages()[1]?.getItem(nameOf(round)) !== null && storages()[1] !== undefined;
}

/** Moves what is kept from the tab to the device, or back. */
export function keepOnDevice(round: string, yes: boolean): void {
  const kept = readKept(round);
  const [tab, device] = storages();
  if (!kept || !tab || !device) return;
  (yes ? tab : device).removeItem(nameOf(round));
  (yes ? device : tab).setItem(nameOf(round), JSON.stringify(kept));
}

export function forget(round: string): void {
  for (const storage of storages()) storage.removeItem(nameOf(round));
}

const sharedName = (round: string) => `shared ${round}`;

/** From this page on the tab is one that people use one after another. */
export function beginSharing(round: string): void {
  storages()[0]?.setItem(sharedName(round), location.pathname);
}

/** The page on which the next one begins; null on a device of one's own. */
export function sharedPage(round: string): string | null {
  return storages()[0]?.getItem(sharedName(round)) ?? null;
}

/** None where the browser forbids them: then everything lasts as long as the page. */
function storages(): Storage[] {
  try {
    return [window.sessionStorage, window.localStorage];
  } catch {
    return [];
  }
}
