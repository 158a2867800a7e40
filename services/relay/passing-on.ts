/**
 * Hands posts on to the opener in groups, shuffled and without posting keys. A group is noted before it goes, and one
 * that has to go again is the same group: an opener that claims to have lost something learns nothing from it.
 */
import { randomInt } from "node:crypto";
import { z } from "zod";
import { log } from "@/lib/log";
import type { PartClient } from "@/lib/part-client";
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

const Held = z.object({ held: z.int().min(0) });

/** The opener says that it holds part of a group: it takes each whole or not at all. */
export class OpenerDiffers extends Error {
  override readonly name = "OpenerDiffers";
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
   * @returns whether the opener holds everything. @throws PartAway or OpenerDiffers
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

  async #pass(round: FrozenRound, ended: boolean): Promise<boolean> {
    const { id } = round;
    const due = (after: number) => {
      const upto = Math.min(this.store.heldByBoth(id), after + MOST_IN_GROUP);
      return postsToPassOn(this.store.postingKeys(id, after, upto), round.groupSize, ended);
    };
    // Asked only when there is something to say: nothing goes by the clock.
    if (this.store.groups(id).length === 0 && due(0) === 0) return this.store.heldByBoth(id) === 0;
    let held = Held.parse(await this.client.json("GET", `/v1/rounds/${id}`)).held;
    if (held > 0 && this.store.groups(id).length === 0) {
      // This relay had lost its disk: what the opener holds is what went before.
      if (held > this.store.heldByBoth(id)) throw new OpenerDiffers("it holds more posts than were received");
      this.store.addGroup(id, held);
    }
    if (held > 0 && !this.store.groups(id).includes(held))
      throw new OpenerDiffers(`it holds ${held} posts, which is no group's end`);
    for (;;) {
      // Read again each time: posts come while the opener answers.
      let end = this.store.groups(id).find((one) => one > held);
      if (end === undefined) {
        const count = due(held);
        if (count === 0) return held === this.store.heldByBoth(id);
        end = held + count;
        this.store.addGroup(id, end);
      } else log.info({ round: id, from: held }, "a group goes again");
      await this.#send(round, held, end, ended);
      held = end;
    }
  }

  async #send(round: FrozenRound, after: number, upto: number, ended: boolean): Promise<void> {
    const sealed = shuffled(this.store.sealed(round.id, after, upto), randomInt);
    const message = relayBatchMessage(round.frozen.digest, ended, sealed);
    const signature = await nodePrimitives.ed25519Sign(this.keys.secretOf(round.id), message);
    const body = concat(signature, uint(ended ? 1 : 0, 1), ...sealed);
    await this.client.ask("POST", `/v1/rounds/${round.id}/groups`, body);
  }
}
