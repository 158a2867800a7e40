/**
 * Holds a copy of every post, which it cannot open, and signs the order in which they came: a relay that loses, drops or
 * reorders posts is found out. It sees no address.
 */
import { z } from "zod";
import { PartRefusal } from "@/lib/part-refusal";
import { signedBy } from "@/voting/sealed/curve-keys";
import { SealedError } from "@/voting/sealed/errors";
import { nodePrimitives } from "@/voting/sealed/node";
import { relayQuestionMessage } from "@/voting/sealed/passing-on";
import { decodePost, postDigest, postFault } from "@/voting/sealed/post";
import { postingOrder, receiptMessage } from "@/voting/sealed/receipts";
import { isReceptionEnd, NO_POST, receptionEndMessage } from "@/voting/sealed/reception-end";
import { MOST_CASTS } from "@/voting/sealed/round";
import { base64, base64Bytes, RoundId } from "../sealed/forms";
import { ownRound } from "../sealed/own-round";
import { type FrozenRound, keyOf, postingKey, sealedRound } from "../sealed/round-view";
import type { Rounds } from "../sealed/rounds";
import type { ServiceKeys } from "../sealed/service-keys";
import { inTransaction, type Store } from "../sealed/store";

export const copyKeeperSchema = [
  `
  CREATE TABLE post (
    round TEXT NOT NULL, position INTEGER NOT NULL, digest BLOB NOT NULL, posting_key BLOB NOT NULL,
    bytes BLOB NOT NULL, posting_order BLOB NOT NULL, relay_signature BLOB NOT NULL,
    PRIMARY KEY (round, position)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX post_digest ON post (round, digest);
  CREATE INDEX post_key ON post (round, posting_key);
  CREATE TABLE ended (round TEXT PRIMARY KEY, count INTEGER NOT NULL, posting_order BLOB NOT NULL) WITHOUT ROWID;
  `,
] as const;

export const MOST_AT_ONCE = 100;
const LONGEST_POST = 65_536;

export const KeepForm = z.strictObject({
  round: RoundId,
  posts: z
    .array(
      z.strictObject({
        position: z.int().min(1),
        bytes: z.base64().max((LONGEST_POST * 4) / 3),
        relaySignature: base64Bytes(64),
      }),
    )
    .min(1)
    .max(MOST_AT_ONCE),
});

export const EndForm = z.strictObject({
  round: RoundId,
  count: z.int().min(0),
  order: base64Bytes(32),
  relaySignature: base64Bytes(64),
});

export const QuestionForm = z.strictObject({
  round: RoundId,
  from: z.int().min(1),
  seconds: z.int().min(0),
  signature: base64Bytes(64),
});

const QUESTION_SECONDS = 60;

interface Row {
  position: number;
  digest: Uint8Array;
  bytes: Uint8Array;
  posting_order: Uint8Array;
  relay_signature: Uint8Array;
}

export class CopyKeeper {
  constructor(
    private readonly store: Store,
    private readonly keys: ServiceKeys,
    private readonly rounds: Rounds,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Keeps posts and signs their places. The same post at the same place gets the same signature again.
   * @throws PartRefusal `gap` with the number of posts that it has, `other_order`, `ended`, or what is wrong with a post
   */
  async keep({ round: id, posts }: z.output<typeof KeepForm>): Promise<{ signatures: string[] }> {
    const round = await ownRound(this.rounds, this.keys, id);
    const read = [];
    for (const one of posts)
      read.push({ ...one, ...(await this.#read(round, new Uint8Array(Buffer.from(one.bytes, "base64")))) });
    const kept: { position: number; post: Uint8Array; order: Uint8Array }[] = [];
    // Checked before anything is written: signatures are not looked at within a transaction.
    let before = this.#last(id);
    for (const one of read) {
      const held = this.#at(id, one.position);
      if (held) {
        if (Buffer.compare(held.digest, one.digest) !== 0) throw new PartRefusal(409, "other_order");
        kept.push({ position: held.position, post: held.digest, order: held.posting_order });
        continue;
      }
      if (one.position !== before.position + 1)
        throw new PartRefusal(409, "gap", { have: this.#last(id).position });
      const order = postingOrder(round.frozen.digest, before.order, one.digest);
      const place = { position: one.position, post: one.digest, order };
      const message = receiptMessage("relay", round.frozen.digest, place);
      if (!(await signedBy(nodePrimitives, keyOf(round, "relay"), message, one.relaySignature)))
        throw new PartRefusal(403, "bad_signature");
      before = { position: one.position, order };
      kept.push(place);
    }
    this.#write(id, read, kept);
    const signatures = [];
    for (const place of kept)
      signatures.push(
        base64(
          await nodePrimitives.ed25519Sign(
            this.keys.secretOf(id),
            receiptMessage("copy-keeper", round.frozen.digest, place),
          ),
        ),
      );
    return { signatures };
  }

  /** Signs how many posts it holds and in which order, once the time is over; from then on it keeps none. */
  async end({
    round: id,
    count,
    order,
    relaySignature,
  }: z.output<typeof EndForm>): Promise<{ signature: string }> {
    const round = await ownRound(this.rounds, this.keys, id);
    const { digest, closesAt } = round.frozen;
    if (this.now() < closesAt.getTime()) throw new PartRefusal(403, "too_early");
    const end = { count, order };
    if (!(await isReceptionEnd(nodePrimitives, "relay", keyOf(round, "relay"), digest, end, relaySignature)))
      throw new PartRefusal(403, "bad_signature");
    inTransaction(this.store, () => {
      const last = this.#last(id);
      if (last.position !== count) throw new PartRefusal(409, "gap", { have: last.position });
      if (Buffer.compare(last.order ?? NO_POST, order) !== 0) throw new PartRefusal(409, "other_order");
      this.store
        .prepare("INSERT OR IGNORE INTO ended (round, count, posting_order) VALUES (?, ?, ?)")
        .run(id, count, order);
    });
    const message = receptionEndMessage("copy-keeper", digest, end);
    return { signature: base64(await nodePrimitives.ed25519Sign(this.keys.secretOf(id), message)) };
  }

  /** For a relay that has lost its disk: what it had posted here. Nobody else gets it. */
  async answer({ round: id, from, seconds, signature }: z.output<typeof QuestionForm>) {
    const round = await ownRound(this.rounds, this.keys, id);
    if (Math.abs(this.now() / 1000 - seconds) > QUESTION_SECONDS) throw new PartRefusal(403, "old_question");
    const message = relayQuestionMessage(round.frozen.digest, from, seconds);
    if (!(await signedBy(nodePrimitives, keyOf(round, "relay"), message, signature)))
      throw new PartRefusal(403, "bad_signature");
    const rows = this.store
      .prepare(
        "SELECT position, bytes, relay_signature FROM post WHERE round = ? AND position >= ? ORDER BY position LIMIT ?",
      )
      .all(id, from, MOST_AT_ONCE) as unknown as Row[];
    return {
      count: this.#last(id).position,
      posts: rows.map(({ position, bytes, relay_signature }) => ({
        position,
        bytes: base64(bytes),
        relaySignature: base64(relay_signature),
      })),
    };
  }

  count(round: string): number {
    return this.#last(round).position;
  }

  #write(
    id: string,
    read: readonly {
      position: number;
      digest: Uint8Array;
      postingKey: Uint8Array;
      whole: Uint8Array;
      relaySignature: Uint8Array;
    }[],
    kept: readonly { position: number; order: Uint8Array }[],
  ): void {
    inTransaction(this.store, () => {
      const add = this.store.prepare(
        `INSERT INTO post (round, position, digest, posting_key, bytes, posting_order, relay_signature)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      );
      for (const [at, one] of read.entries()) {
        const held = this.#at(id, one.position);
        if (held && Buffer.compare(held.digest, one.digest) === 0) continue;
        if (held || one.position !== this.#last(id).position + 1)
          throw new PartRefusal(409, "gap", { have: this.#last(id).position });
        if (this.store.prepare("SELECT 1 FROM ended WHERE round = ?").get(id))
          throw new PartRefusal(403, "ended");
        // The relay has the same limit; with both it holds although one of them is generous.
        const { count } = this.store
          .prepare("SELECT count(*) AS count FROM post WHERE round = ? AND posting_key = ?")
          .get(id, one.postingKey) as { count: number };
        if (count >= MOST_CASTS) throw new PartRefusal(403, "too_many");
        const { order } = kept[at] as { order: Uint8Array };
        add.run(id, one.position, one.digest, one.postingKey, one.whole, order, one.relaySignature);
      }
    });
  }

  async #read(round: FrozenRound, whole: Uint8Array) {
    const issuer = postingKey(round);
    if (!issuer) throw new PartRefusal(503, "no_key");
    try {
      const post = decodePost(sealedRound(round), whole);
      const fault = await postFault(nodePrimitives, sealedRound(round), issuer, post);
      if (fault) throw new PartRefusal(403, fault);
      return { whole, digest: postDigest(post.sealed), postingKey: post.postingKey };
    } catch (error) {
      if (error instanceof SealedError) throw new PartRefusal(400, "malformed");
      throw error;
    }
  }

  #at(round: string, position: number): Row | undefined {
    return this.store.prepare("SELECT * FROM post WHERE round = ? AND position = ?").get(round, position) as
      | Row
      | undefined;
  }

  #last(round: string): { position: number; order: Uint8Array | null } {
    const row = this.store
      .prepare("SELECT position, posting_order FROM post WHERE round = ? ORDER BY position DESC LIMIT 1")
      .get(round) as Pick<Row, "position" | "posting_order"> | undefined;
    return { position: row?.position ?? 0, order: row?.posting_order ?? null };
  }
}
