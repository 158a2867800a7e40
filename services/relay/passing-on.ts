/**
 * Hands posts on to the opener in groups, shuffled and without posting keys. A group is noted before it goes, and one
 * that has to go again is the same group: an opener that claims to have lost something learns nothing from it. What the
 * opener says that it holds never makes a group, and never stands for a post that this relay has not sent.
 */
import { randomInt } from "node:crypto";
import { z } from "zod";
import { log } from "@/lib/log";
import { PartAway, type PartClient } from "@/lib/part-client";
import { postsToPassOn, shuffled } from "@/voting/sealed/batches";
import { concat, uint } from "@/voting/sealed/bytes";
import { nodePrimitives } from "@/voting/sealed/node";
import { relayBatchMessage } from "@/voting/sealed/passing-on";
import type { ReceptionEnd } from "@/voting/sealed/reception-end";
import { base64 } from "../sealed/forms";
import type { FrozenRound } from "../sealed/round-view";
import type { ServiceKeys } from "../sealed/service-keys";
import type { RelayStore } from "./store";

/** As many posts as one group may have: what waits beyond goes with the next one. */
export const MOST_IN_GROUP = 5_000;
/** Of a group after a loss, as many of the posts that were given back, and as many of those that came later. */
const HALF_GROUP = MOST_IN_GROUP / 2;

const Held = z.object({ held: z.int().min(0) });

/** The opener holds posts that relay and copy-keeper have lost, both of them: they can keep no promise about order. */
export class PostsLost extends Error {
  override readonly name = "PostsLost";
}

export class PassingOn {
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(
    private readonly client: PartClient,
    private readonly store: RelayStore,
    private readonly keys: ServiceKeys,
  ) {}

  /**
   * Passes on what is due, one pass of a round after the other: of two at once each could note a group of its own, and the
   * opener would see what lies between their ends by itself.
   * @param ended whether no post will come any more and both keepers have signed so
   * @returns whether the opener holds everything. @throws PartAway
   */
  pass(round: FrozenRound, ended: boolean): Promise<boolean> {
    const before = this.#last.get(round.id) ?? Promise.resolve();
    const passing = before.catch(() => undefined).then(() => this.#pass(round, ended));
    this.#last.set(round.id, passing);
    return passing;
  }

  async tellEnd(
    round: FrozenRound,
    end: ReceptionEnd,
    relay: Uint8Array,
    copyKeeper: Uint8Array,
  ): Promise<void> {
    await this.client.json("POST", "/v1/ends", {
      ...{ round: round.id, count: end.count, order: base64(end.order) },
      ...{ relaySignature: base64(relay), copyKeeperSignature: base64(copyKeeper) },
    });
  }

  /**
   * Before anything is promised by a relay that may have lost its disk: what went to the opener is here again.
   * @throws PartAway or PostsLost
   */
  async requireNoneLost(round: FrozenRound): Promise<void> {
    const last = this.store.groups(round.id).at(-1)?.upto ?? 0;
    if (last > this.store.restoredUpto(round.id)) return;
    if ((await this.#held(round)) > this.store.last(round.id).position)
      throw new PostsLost("the opener holds more posts than relay and copy-keeper have");
  }

  async #held(round: FrozenRound): Promise<number> {
    return Held.parse(await this.client.json("GET", `/v1/rounds/${round.id}`)).held;
  }

  async #pass(round: FrozenRound, ended: boolean): Promise<boolean> {
    const { id } = round;
    const groups = this.store.groups(id);
    const next = this.#nextEnd(round, ended);
    // Asked only when there is something to say: nothing goes by the clock.
    if (groups.length === 0 && next === undefined) return this.store.heldByBoth(id) === 0;
    const held = await this.#held(round);
    let after = 0;
    for (const group of groups) {
      // Not confirmed, or taken by an opener that has lost it since.
      if (group.held === null || group.held > held) {
        log.info({ round: id, upto: group.upto }, "a group goes again");
        await this.#send(round, after, group.upto, ended);
      }
      after = group.upto;
    }
    // Looked up again each time: posts come while the opener answers.
    for (let end = this.#nextEnd(round, ended); end !== undefined; end = this.#nextEnd(round, ended)) {
      this.store.addGroup(id, end);
      await this.#send(round, after, end, ended);
      after = end;
    }
    return after === this.store.heldByBoth(id);
  }

  /**
   * Where the next group ends, if one is due. Which of the posts that were given back after a loss had been passed on is
   * not known: they go again, but only with as many people's later posts as any group has, so that those that the opener
   * sees for the first time are never few.
   */
  #nextEnd(round: FrozenRound, ended: boolean): number | undefined {
    const { id } = round;
    const after = this.store.groups(id).at(-1)?.upto ?? 0;
    const restored = this.store.restoredUpto(id);
    const most = this.store.heldByBoth(id);
    if (restored - after > HALF_GROUP && most >= restored)
      return Math.min(after + HALF_GROUP, restored - HALF_GROUP);
    const from = Math.max(after, restored);
    const upto = Math.min(most, from + (restored > after ? HALF_GROUP : MOST_IN_GROUP));
    if (upto <= after) return undefined;
    if (ended) return upto;
    const count = postsToPassOn(this.store.postingKeys(id, from, upto), round.groupSize, false);
    return count === 0 ? undefined : from + count;
  }

  async #send(round: FrozenRound, after: number, upto: number, ended: boolean): Promise<void> {
    const sealed = shuffled(this.store.sealed(round.id, after, upto), randomInt);
    const message = relayBatchMessage(round.frozen.digest, ended, sealed);
    const signature = await nodePrimitives.ed25519Sign(this.keys.secretOf(round.id), message);
    const body = concat(signature, uint(ended ? 1 : 0, 1), ...sealed);
    const held = readHeld(await this.client.ask("POST", `/v1/rounds/${round.id}/groups`, body));
    // It has everything up to here, and may have more that this relay has lost.
    if (held < upto) {
      log.error({ round: round.id, held, upto }, "the opener does not hold what it was sent");
      throw new PartAway("the opener does not hold what it was sent");
    }
    this.store.setHeld(round.id, upto, held);
  }
}

/** @throws PartAway for an answer in another form */
function readHeld(answer: Uint8Array): number {
  try {
    return Held.parse(JSON.parse(Buffer.from(answer).toString("utf8"))).held;
  } catch {
    throw new PartAway("the opener answers in another form");
  }
}
