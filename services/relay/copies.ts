/** The relay's side of the copy-keeper: nothing is promised before it holds it too. */
import { z } from "zod";
import type { PartClient } from "@/lib/part-client";
import { PartAway } from "@/lib/part-client";
import { PartRefusal } from "@/lib/part-refusal";
import { signedBy } from "@/voting/sealed/curve-keys";
import { nodePrimitives } from "@/voting/sealed/node";
import { relayQuestionMessage } from "@/voting/sealed/passing-on";
import { decodePost, postDigest } from "@/voting/sealed/post";
import { postingOrder, type Receipt, receiptMessage } from "@/voting/sealed/receipts";
import { isReceptionEnd, type ReceptionEnd, receptionEndMessage } from "@/voting/sealed/reception-end";
import { MOST_AT_ONCE } from "../copy-keeper/copy-keeper";
import { base64, base64Bytes } from "../sealed/forms";
import { type FrozenRound, keyOf, sealedRound } from "../sealed/round-view";
import type { ServiceKeys } from "../sealed/service-keys";
import type { RelayStore, StoredPost } from "./store";

const Signatures = z.object({ signatures: z.array(base64Bytes(64)) });
const End = z.object({ signature: base64Bytes(64) });
const Copies = z.object({
  count: z.int().min(0),
  posts: z.array(z.object({ position: z.int().min(1), bytes: z.base64(), relaySignature: base64Bytes(64) })),
});

/** The copy-keeper says something that cannot be: somebody has to look. */
export class KeepersDiffer extends Error {
  override readonly name = "KeepersDiffer";
}

export class CopyKeeping {
  constructor(
    private readonly client: PartClient,
    private readonly store: RelayStore,
    private readonly keys: ServiceKeys,
    private readonly now: () => number,
  ) {}

  /** Has every post countersigned that is not, in the order of posts. @throws PartAway or KeepersDiffer */
  async countersign(round: FrozenRound): Promise<void> {
    for (;;) {
      const posts = this.store.withoutCountersignature(round.id, MOST_AT_ONCE);
      if (posts.length === 0) return;
      const places = posts.map(({ position, digest, order }) => ({ position, post: digest, order }));
      const own = await Promise.all(places.map((place) => this.sign(round, place)));
      const body = {
        round: round.id,
        posts: posts.map(({ position, bytes }, at) => ({
          position,
          bytes: base64(bytes),
          relaySignature: base64(own[at] as Uint8Array),
        })),
      };
      let signatures: Uint8Array[];
      try {
        ({ signatures } = Signatures.parse(await this.client.json("POST", "/v1/posts", body)));
      } catch (error) {
        const have =
          error instanceof PartRefusal && error.code === "gap" ? Number(error.more.have) : undefined;
        if (have === undefined) throw asFault(error);
        // It has lost some of what it had signed: it gets them again, and signs them again.
        if (have >= (posts[0] as StoredPost).position)
          throw new KeepersDiffer("the copy-keeper has more posts");
        this.store.forgetCountersignatures(round.id, have);
        continue;
      }
      await this.#requireSigned(round, places, signatures);
      this.store.countersigned(
        round.id,
        places.map(({ position }, at) => ({ position, signature: signatures[at] as Uint8Array })),
      );
    }
  }

  /** The relay's own signature on a place: the same each time. */
  sign(round: FrozenRound, place: Omit<Receipt, "signatures">): Promise<Uint8Array> {
    return nodePrimitives.ed25519Sign(
      this.keys.secretOf(round.id),
      receiptMessage("relay", round.frozen.digest, place),
    );
  }

  /** @returns the copy-keeper's signature on the end of the reception. @throws PartAway or KeepersDiffer */
  async end(round: FrozenRound, end: ReceptionEnd): Promise<Uint8Array> {
    const { digest } = round.frozen;
    const own = await this.signEnd(round, end);
    let signature: Uint8Array;
    try {
      const body = {
        round: round.id,
        count: end.count,
        order: base64(end.order),
        relaySignature: base64(own),
      };
      ({ signature } = End.parse(await this.client.json("POST", "/v1/ends", body)));
    } catch (error) {
      if (error instanceof PartRefusal && error.code === "gap" && Number(error.more.have) < end.count) {
        this.store.forgetCountersignatures(round.id, Number(error.more.have));
        throw new PartAway("the copy-keeper has lost posts");
      }
      throw asFault(error);
    }
    const key = keyOf(round, "copy-keeper");
    if (!(await isReceptionEnd(nodePrimitives, "copy-keeper", key, digest, end, signature)))
      throw new KeepersDiffer("the copy-keeper's signature on the end does not hold");
    return signature;
  }

  signEnd(round: FrozenRound, end: ReceptionEnd): Promise<Uint8Array> {
    const message = receptionEndMessage("relay", round.frozen.digest, end);
    return nodePrimitives.ed25519Sign(this.keys.secretOf(round.id), message);
  }

  /** Gets back what this relay had posted there and no longer has. @throws PartAway or KeepersDiffer */
  async restore(round: FrozenRound): Promise<void> {
    for (;;) {
      const from = this.store.last(round.id).position + 1;
      const seconds = Math.floor(this.now() / 1000);
      const message = relayQuestionMessage(round.frozen.digest, from, seconds);
      const signature = base64(await nodePrimitives.ed25519Sign(this.keys.secretOf(round.id), message));
      let copies: z.output<typeof Copies>;
      try {
        const question = { round: round.id, from, seconds, signature };
        copies = Copies.parse(await this.client.json("POST", "/v1/questions", question));
      } catch (error) {
        throw asFault(error);
      }
      if (copies.posts.length === 0) return;
      const posts = copies.posts.map(({ bytes }) =>
        readPost(round, new Uint8Array(Buffer.from(bytes, "base64"))),
      );
      await this.#requireOwn(round, posts, copies.posts);
      this.store.restore(round.id, round.frozen.digest, posts);
    }
  }

  /** Only what this relay has signed before, in the order in which it signed, is its own. */
  async #requireOwn(
    round: FrozenRound,
    posts: readonly { readonly digest: Uint8Array }[],
    copies: z.output<typeof Copies>["posts"],
  ): Promise<void> {
    let last = this.store.last(round.id);
    for (const [at, { digest }] of posts.entries()) {
      const order = postingOrder(round.frozen.digest, last.order, digest);
      last = { position: last.position + 1, order };
      const own = await this.sign(round, { position: last.position, post: digest, order });
      if (Buffer.compare(own, copies[at]?.relaySignature ?? new Uint8Array()) !== 0)
        throw new KeepersDiffer("the copy-keeper has posts that this relay never signed");
    }
  }

  async #requireSigned(
    round: FrozenRound,
    places: readonly Omit<Receipt, "signatures">[],
    signatures: readonly Uint8Array[],
  ): Promise<void> {
    const key = keyOf(round, "copy-keeper");
    for (const [at, place] of places.entries()) {
      const message = receiptMessage("copy-keeper", round.frozen.digest, place);
      if (!(await signedBy(nodePrimitives, key, message, signatures[at] ?? new Uint8Array())))
        throw new KeepersDiffer("the copy-keeper's signature does not hold");
    }
  }
}

export function readPost(round: FrozenRound, bytes: Uint8Array) {
  const { sealed, postingKey } = decodePost(sealedRound(round), bytes);
  return { digest: postDigest(sealed), postingKey, bytes, sealed };
}

function asFault(error: unknown): unknown {
  if (error instanceof PartRefusal) return new KeepersDiffer(`the copy-keeper refuses: ${error.code}`);
  if (error instanceof z.ZodError) return new KeepersDiffer("the copy-keeper answers in another form");
  return error;
}
