/**
 * Takes posts and promises: *if valid, on the ledger by closing*. It promises nothing that it and the copy-keeper have
 * not written to disk. Posts that come at the same time are written together.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";
import { PartAway } from "@/lib/part-client";
import { PartRefusal } from "@/lib/part-refusal";
import { SealedError } from "@/voting/sealed/errors";
import { nodePrimitives } from "@/voting/sealed/node";
import { decodePost, postFault } from "@/voting/sealed/post";
import { encodeReceipt } from "@/voting/sealed/receipts";
import { NO_POST } from "@/voting/sealed/reception-end";
import { RateLimit } from "../sealed/rate-limit";
import { type FrozenRound, isFrozen, isOver, postingKey, sealedRound } from "../sealed/round-view";
import type { Rounds } from "../sealed/rounds";
import type { ServiceKeys } from "../sealed/service-keys";
import { type CopyKeeping, readPost } from "./copies";
import type { PassingOn } from "./passing-on";
import type { Added, NewPost, RelayStore, StoredPost } from "./store";

export interface RelayOptions {
  readonly store: RelayStore;
  readonly keys: ServiceKeys;
  readonly rounds: Rounds;
  readonly copies: CopyKeeping;
  readonly passing: PassingOn;
  readonly now?: () => number;
}

interface Waiting {
  readonly post: NewPost;
  readonly settle: (added: Added) => void;
  readonly fail: (error: unknown) => void;
}

const HOUR_MS = 3_600_000;
/** Twenty posts a person, and a hundred people behind one address. */
const POSTS_OF_ADDRESS = 2_000;
const MOST_WAITING = 2_000;
const WRITTEN_TOGETHER = 100;
/** How long a voter waits for the copy-keeper before the page tries again. */
const PATIENCE_MS = 10_000;

export class Relay {
  readonly #queues = new Map<string, Waiting[]>();
  readonly #writing = new Map<string, Promise<void>>();
  readonly #countersigning = new Map<string, Promise<void>>();
  readonly #passing = new Map<string, Promise<void>>();
  readonly #restoring = new Map<string, Promise<void>>();
  readonly #byAddress: RateLimit;
  readonly #now: () => number;

  constructor(private readonly options: RelayOptions) {
    this.#now = options.now ?? Date.now;
    this.#byAddress = new RateLimit(POSTS_OF_ADDRESS, HOUR_MS, this.#now);
  }

  /** The receipt of a post. @throws PartRefusal */
  async receive(id: string, bytes: Uint8Array, address: string): Promise<Uint8Array> {
    if (!this.#byAddress.take(address)) throw new PartRefusal(429, "too_busy");
    const round = await this.#round(id);
    const post = await this.#read(round, bytes);
    const known = this.options.store.byDigest(id, post.digest);
    if (!known) this.#requireOpen(round);
    await this.#requireRestored(round);
    const added = known ?? (await this.#write(round, post));
    if (added === "too_many" || added === "ended") throw new PartRefusal(403, added);
    const copySignature = added.copySignature ?? (await this.#countersigned(round, added.digest));
    const receipt = await this.#receipt(round, added, copySignature);
    this.passOn(round);
    return receipt;
  }

  /**
   * Receipts of everything that a posting key has sent: a second device goes on from there. None while a post waits to be
   * countersigned, since the device would give that post's number to another ballot.
   * @throws PartRefusal
   */
  async receipts(id: string, postingKey: Uint8Array): Promise<Uint8Array[]> {
    const round = await this.#round(id);
    await this.#requireRestored(round);
    return Promise.all(
      this.options.store.sentBy(id, postingKey).map((post) => {
        if (!post.copySignature) throw new PartRefusal(503, "too_busy");
        return this.#receipt(round, post, post.copySignature);
      }),
    );
  }

  async #receipt(
    round: FrozenRound,
    { position, digest, order }: StoredPost,
    copySignature: Uint8Array,
  ): Promise<Uint8Array> {
    const place = { position, post: digest, order };
    const relay = await this.options.copies.sign(round, place);
    return encodeReceipt({ ...place, signatures: { relay, "copy-keeper": copySignature } });
  }

  /** What was left by an end in the middle, and what is due once the time is over. */
  async work(): Promise<void> {
    const { rounds, keys, store, passing } = this.options;
    await rounds.workOnEach(async (round) => {
      if (!isFrozen(round) || !(await keys.isOwn(round))) return;
      if (round.frozen.phase === "frozen" || store.endSignature(round.id).told) return;
      await this.#restore(round);
      await this.#countersign(round);
      if (this.#now() >= round.frozen.closesAt.getTime()) await this.#end(round);
      else await passing.pass(round, false);
    });
  }

  /** Lets posts go on in the background, if enough of them wait. */
  passOn(round: FrozenRound): void {
    if (this.#passing.has(round.id)) return;
    const passing = this.options.passing
      .pass(round, false)
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!(error instanceof PartAway)) log.error({ err: error }, "posts were not passed on");
      })
      .finally(() => this.#passing.delete(round.id));
    this.#passing.set(round.id, passing);
  }

  /** What goes on in the background. */
  async settle(): Promise<void> {
    await Promise.all(this.#passing.values());
  }

  async #end(round: FrozenRound): Promise<void> {
    const { store, copies, passing } = this.options;
    // From here on none is added, whatever is still in a queue.
    store.end(round.id);
    await this.#countersign(round);
    const last = store.last(round.id);
    const end = { count: last.position, order: last.order ?? NO_POST };
    let { copySignature } = store.endSignature(round.id);
    if (!copySignature) {
      copySignature = await copies.end(round, end);
      store.setEndSignature(round.id, copySignature);
    }
    await passing.pass(round, true);
    await passing.tellEnd(round, end, await copies.signEnd(round, end), copySignature);
    store.setEndTold(round.id);
  }

  #write(round: FrozenRound, post: NewPost): Promise<Added> {
    const queue = this.#queues.get(round.id) ?? [];
    this.#queues.set(round.id, queue);
    if (queue.length >= MOST_WAITING) throw new PartRefusal(503, "too_busy");
    return new Promise<Added>((settle, fail) => {
      queue.push({ post, settle, fail });
      if (this.#writing.has(round.id)) return;
      const writing = this.#writeQueue(round, queue).finally(() => this.#writing.delete(round.id));
      this.#writing.set(round.id, writing);
    });
  }

  async #writeQueue(round: FrozenRound, queue: Waiting[]): Promise<void> {
    for (;;) {
      // Whoever comes in the same moment is written with the others.
      await new Promise((next) => setImmediate(next));
      const together = queue.splice(0, WRITTEN_TOGETHER);
      if (together.length === 0) return;
      try {
        const hour = new Date(this.#now()).toISOString().slice(0, 13);
        const posts = together.map(({ post }) => post);
        const added = this.options.store.add(round.id, round.frozen.digest, posts, hour);
        for (const [at, { settle }] of together.entries()) settle(added[at] as Added);
      } catch (error) {
        for (const { fail } of together) fail(error);
      }
    }
  }

  /** The copy-keeper's signature on a post; while it is away the post waits, and nothing is promised. */
  async #countersigned(round: FrozenRound, digest: Uint8Array): Promise<Uint8Array> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        await this.#countersign(round);
      } catch (error) {
        if (!(error instanceof PartAway)) log.error({ err: error }, "the copy-keeper does not sign");
      }
      const held = this.options.store.byDigest(round.id, digest);
      if (held?.copySignature) return held.copySignature;
      if (Date.now() > deadline) throw new PartRefusal(503, "too_busy");
      await sleep(50);
    }
  }

  /** One at a time: posts go to the copy-keeper in their order. */
  async #countersign(round: FrozenRound): Promise<void> {
    // One that is under way may have looked before this post was there.
    await this.#countersigning.get(round.id)?.catch(() => undefined);
    const under = this.#countersigning.get(round.id);
    if (under) return under;
    const countersigning = this.options.copies
      .countersign(round)
      .finally(() => this.#countersigning.delete(round.id));
    this.#countersigning.set(round.id, countersigning);
    return countersigning;
  }

  /**
   * Before anything else is done in a round: what the copy-keeper has and this relay has lost.
   * @throws PartAway, KeepersDiffer or PostsLost
   */
  #restore(round: FrozenRound): Promise<void> {
    const known = this.#restoring.get(round.id);
    if (known) return known;
    const { copies, passing } = this.options;
    const restoring = copies.restore(round).then(() => passing.requireNoneLost(round));
    this.#restoring.set(round.id, restoring);
    restoring.catch(() => this.#restoring.delete(round.id));
    return restoring;
  }

  async #requireRestored(round: FrozenRound): Promise<void> {
    await this.#restore(round).catch((error: unknown) => {
      if (!(error instanceof PartAway)) log.error({ err: error }, "posts cannot be restored");
      throw new PartRefusal(503, "too_busy");
    });
  }

  async #read(round: FrozenRound, bytes: Uint8Array): Promise<NewPost> {
    const issuer = postingKey(round);
    if (!issuer) throw new PartRefusal(503, "too_busy");
    try {
      const fault = await postFault(
        nodePrimitives,
        sealedRound(round),
        issuer,
        decodePost(sealedRound(round), bytes),
      );
      if (fault) throw new PartRefusal(403, fault);
      return readPost(round, bytes);
    } catch (error) {
      if (error instanceof SealedError) throw new PartRefusal(400, "malformed");
      throw error;
    }
  }

  #requireOpen(round: FrozenRound): void {
    const { phase, closesAt } = round.frozen;
    if (phase === "frozen") throw new PartRefusal(403, "not_open");
    if (isOver(round) || this.#now() >= closesAt.getTime()) throw new PartRefusal(403, "ended");
  }

  async #round(id: string): Promise<FrozenRound> {
    const round = await this.options.rounds.find(
      id,
      (known) => isFrozen(known) && known.frozen.phase !== "frozen",
    );
    if (!round) throw new PartRefusal(404, "unknown_round");
    if (!isFrozen(round)) throw new PartRefusal(403, "not_open");
    if (!(await this.options.keys.isOwn(round))) throw new PartRefusal(503, "too_busy");
    return round;
  }
}
