import { setTimeout as sleep } from "node:timers/promises";
import { acceptSignature, prepareActs } from "@/features/acts/service";
import { env } from "@/lib/env";
import type { SignerDesk } from "@/services/signer/desk-client";

/** Ids of acts that have to wait for another step on the same record. */
type Later = ReadonlySet<string>;

/** One person's gestures, one after the other: what is to be signed while one is made goes with the next. */
export class Gestures {
  #next: { ids: string[]; made: Promise<Later> } | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly municipality: string,
    private readonly person: string,
    private readonly desk: SignerDesk,
  ) {}

  /** Until an act is signed. */
  async sign(id: string): Promise<void> {
    while ((await this.#join(id)).has(id)) await sleep(50);
  }

  #join(id: string): Promise<Later> {
    if (this.#next) {
      this.#next.ids.push(id);
      return this.#next.made;
    }
    const ids = [id];
    const made = this.#last.then(() => {
      this.#next = undefined;
      return this.#make(ids);
    });
    this.#next = { ids, made };
    // Whoever asked for a gesture that failed is told; the next one is made all the same.
    this.#last = made.catch(() => undefined);
    return made;
  }

  async #make(ids: readonly string[]): Promise<Later> {
    const { municipality, person, desk } = this;
    const viewer = { id: person, name: "", language: "it" as const, roles: [] };
    const { acts, later } = await prepareActs(viewer, municipality, ids, env.ORIGIN);
    const texts = acts.map(({ text }) => text);
    if (texts.length > 0) {
      const assertion = await desk.sign(municipality, person, texts);
      await acceptSignature(viewer, municipality, { texts, assertion });
    }
    return new Set(later.map(({ id }) => id));
  }
}
