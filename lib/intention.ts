import { AsyncLocalStorage } from "node:async_hooks";
import { keyedHash } from "./encryption";

/** What one person has asked for by one form, so that the form posted again is known to be the same or another. */
export type Intention = {
  /** Names the intention on the ledger and in the tables. */
  readonly id: string;
  /** Keyed hash of all that the form said. */
  readonly digest: string;
};

// Bundles may hold this module more than once; an action is in one of them, the outbox perhaps in another.
const held = globalThis as { cocityIntention?: AsyncLocalStorage<Intention> };
held.cocityIntention ??= new AsyncLocalStorage<Intention>();
const intentions = held.cocityIntention;

/** Runs `work` for one intention, which every item it queues for the ledger is kept with. */
export function intending<T>(intention: Intention | undefined, work: () => T): T {
  return intention ? intentions.run(intention, work) : work();
}

export function currentIntention(): Intention | undefined {
  return intentions.getStore();
}

/**
 * The intention behind a form. A browser chooses `command` so that its form may be posted twice; the id that counts is
 * made of it and of who asked for what, under a key of the server: nobody can choose one that somebody else, or the
 * server itself, has or will have.
 */
export function intentionOf(
  who: { municipality: string; person: string },
  action: string,
  command: string,
  form: FormData,
): Intention {
  const said = [...form]
    .filter(([name]) => !name.startsWith("$"))
    .map(([name, value]) => [name, typeof value === "string" ? value : `${value.name} ${value.size}`]);
  return {
    id: uuidOf(keyedHash("command of a person", who.municipality, who.person, action, command.toLowerCase())),
    digest: keyedHash("form of a person", who.person, action, JSON.stringify(said.sort(byName))),
  };
}

/** The id of what the server does by itself: from the same words the same id, which nobody else can make. */
export function systemCommand(...words: readonly string[]): string {
  return uuidOf(keyedHash("command of the server", ...words));
}

/** A UUID of version 8, "custom", of the first 122 bits that are free in it. */
function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function byName([left = ""]: readonly string[], [right = ""]: readonly string[]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
