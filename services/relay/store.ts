/**
 * What the relay keeps of posts: in which order they came, and how many in each hour. Neither an address nor the time of
 * a post is in it.
 */
import { inSteps } from "@/voting/sealed/areas";
import { takesPost } from "@/voting/sealed/batches";
import { postingOrder } from "@/voting/sealed/receipts";
import { inTransaction, type Store } from "../sealed/store";

export const relaySchema = [
  `
  CREATE TABLE post (
    round TEXT NOT NULL, position INTEGER NOT NULL, digest BLOB NOT NULL, posting_key BLOB NOT NULL,
    bytes BLOB NOT NULL, sealed BLOB NOT NULL, posting_order BLOB NOT NULL, copy_signature BLOB,
    PRIMARY KEY (round, position)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX post_digest ON post (round, digest);
  CREATE INDEX post_key ON post (round, posting_key);
  CREATE INDEX post_open ON post (round, position) WHERE copy_signature IS NULL;
  CREATE TABLE passed (round TEXT NOT NULL, upto INTEGER NOT NULL, PRIMARY KEY (round, upto)) WITHOUT ROWID;
  CREATE TABLE turnout (round TEXT NOT NULL, hour TEXT NOT NULL, posts INTEGER NOT NULL, PRIMARY KEY (round, hour)) WITHOUT ROWID;
  CREATE TABLE ended (round TEXT PRIMARY KEY, copy_signature BLOB, told INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
  `,
  `
  ALTER TABLE passed ADD COLUMN held INTEGER;
  CREATE TABLE restored (round TEXT PRIMARY KEY, upto INTEGER NOT NULL) WITHOUT ROWID;
  `,
] as const;

export interface StoredPost {
  readonly position: number;
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
  readonly order: Uint8Array;
  readonly copySignature: Uint8Array | null;
}

export interface NewPost {
  readonly digest: Uint8Array;
  readonly postingKey: Uint8Array;
  readonly bytes: Uint8Array;
  readonly sealed: Uint8Array;
}

interface Row {
  position: number;
  digest: Uint8Array;
  bytes: Uint8Array;
  posting_order: Uint8Array;
  copy_signature: Uint8Array | null;
}

/** A group that was passed on, or is about to be. */
export interface Group {
  /** Position of its last post. */
  readonly upto: number;
  /** How many posts the opener held once it had taken it; null until it has said so. */
  readonly held: number | null;
}

export type Added = StoredPost | "too_many" | "ended";

export class RelayStore {
  constructor(private readonly store: Store) {}

  /** Stores posts in the order given; one that is there already keeps its place. On disk when it returns. */
  add(round: string, freeze: Uint8Array, posts: readonly NewPost[], hour: string): Added[] {
    return inTransaction(this.store, () => {
      const isEnded = this.isEnded(round);
      let taken = 0;
      const added = posts.map((post): Added => {
        const held = this.byDigest(round, post.digest);
        if (held) return held;
        if (isEnded) return "ended";
        if (!takesPost(this.#sentBy(round, post.postingKey))) return "too_many";
        taken += 1;
        return this.#insert(round, freeze, post, null);
      });
      if (taken > 0)
        this.store
          .prepare(
            "INSERT INTO turnout (round, hour, posts) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET posts = posts + excluded.posts",
          )
          .run(round, hour, taken);
      return added;
    });
  }

  /** What the copy-keeper gave back to a relay that had lost its disk. */
  restore(round: string, freeze: Uint8Array, posts: readonly NewPost[]): void {
    inTransaction(this.store, () => {
      for (const post of posts) this.#insert(round, freeze, post, null);
      this.store
        .prepare(
          "INSERT INTO restored (round, upto) VALUES (?, ?) ON CONFLICT DO UPDATE SET upto = excluded.upto",
        )
        .run(round, this.last(round).position);
    });
  }

  /** Up to which post the copy-keeper gave back what was lost: of these it is not known which were passed on. */
  restoredUpto(round: string): number {
    const row = this.store.prepare("SELECT upto FROM restored WHERE round = ?").get(round);
    return (row as { upto: number } | undefined)?.upto ?? 0;
  }

  countersigned(round: string, signatures: readonly { position: number; signature: Uint8Array }[]): void {
    inTransaction(this.store, () => {
      const set = this.store.prepare("UPDATE post SET copy_signature = ? WHERE round = ? AND position = ?");
      for (const { position, signature } of signatures) set.run(signature, round, position);
    });
  }

  /** The copy-keeper has lost its copies: it gets them again. */
  forgetCountersignatures(round: string, after: number): void {
    this.store
      .prepare("UPDATE post SET copy_signature = NULL WHERE round = ? AND position > ?")
      .run(round, after);
  }

  byDigest(round: string, digest: Uint8Array): StoredPost | undefined {
    const row = this.store.prepare("SELECT * FROM post WHERE round = ? AND digest = ?").get(round, digest) as
      | Row
      | undefined;
    return row && postOf(row);
  }

  /** What a posting key has sent, in the order in which it came. */
  sentBy(round: string, postingKey: Uint8Array): StoredPost[] {
    const rows = this.store
      .prepare("SELECT * FROM post WHERE round = ? AND posting_key = ? ORDER BY position")
      .all(round, postingKey) as unknown as Row[];
    return rows.map(postOf);
  }

  withoutCountersignature(round: string, most: number): StoredPost[] {
    const rows = this.store
      .prepare("SELECT * FROM post WHERE round = ? AND copy_signature IS NULL ORDER BY position LIMIT ?")
      .all(round, most) as unknown as Row[];
    return rows.map(postOf);
  }

  last(round: string): { position: number; order: Uint8Array | null } {
    const row = this.store
      .prepare("SELECT position, posting_order FROM post WHERE round = ? ORDER BY position DESC LIMIT 1")
      .get(round) as Row | undefined;
    return { position: row?.position ?? 0, order: row?.posting_order ?? null };
  }

  /** Up to which post everything is held by both keepers. */
  heldByBoth(round: string): number {
    const row = this.store
      .prepare("SELECT min(position) AS first FROM post WHERE round = ? AND copy_signature IS NULL")
      .get(round) as { first: number | null };
    return row.first === null ? this.last(round).position : row.first - 1;
  }

  postingKeys(round: string, after: number, upto: number): Uint8Array[] {
    const rows = this.store
      .prepare(
        "SELECT posting_key FROM post WHERE round = ? AND position > ? AND position <= ? ORDER BY position",
      )
      .all(round, after, upto) as { posting_key: Uint8Array }[];
    return rows.map(({ posting_key }) => posting_key);
  }

  sealed(round: string, after: number, upto: number): Uint8Array[] {
    const rows = this.store
      .prepare("SELECT sealed FROM post WHERE round = ? AND position > ? AND position <= ? ORDER BY position")
      .all(round, after, upto) as { sealed: Uint8Array }[];
    return rows.map(({ sealed }) => sealed);
  }

  /** In the order in which they go. */
  groups(round: string): Group[] {
    return this.store
      .prepare("SELECT upto, held FROM passed WHERE round = ? ORDER BY upto")
      .all(round) as unknown as Group[];
  }

  addGroup(round: string, upto: number): void {
    this.store.prepare("INSERT OR IGNORE INTO passed (round, upto) VALUES (?, ?)").run(round, upto);
  }

  setHeld(round: string, upto: number, held: number): void {
    this.store.prepare("UPDATE passed SET held = ? WHERE round = ? AND upto = ?").run(held, round, upto);
  }

  turnout(round: string): { hour: string; posts: number }[] {
    const rows = this.store
      .prepare("SELECT hour, posts FROM turnout WHERE round = ? ORDER BY hour")
      .all(round);
    return (rows as { hour: string; posts: number }[]).map(({ hour, posts }) => ({
      hour,
      posts: inSteps(posts),
    }));
  }

  end(round: string): void {
    this.store.prepare("INSERT OR IGNORE INTO ended (round) VALUES (?)").run(round);
  }

  isEnded(round: string): boolean {
    return this.store.prepare("SELECT 1 FROM ended WHERE round = ?").get(round) !== undefined;
  }

  endSignature(round: string): { copySignature: Uint8Array | null; told: boolean } {
    const row = this.store.prepare("SELECT copy_signature, told FROM ended WHERE round = ?").get(round) as
      | { copy_signature: Uint8Array | null; told: number }
      | undefined;
    return { copySignature: row?.copy_signature ?? null, told: row?.told === 1 };
  }

  setEndSignature(round: string, signature: Uint8Array): void {
    this.store.prepare("UPDATE ended SET copy_signature = ? WHERE round = ?").run(signature, round);
  }

  setEndTold(round: string): void {
    this.store.prepare("UPDATE ended SET told = 1 WHERE round = ?").run(round);
  }

  #sentBy(round: string, postingKey: Uint8Array): number {
    const row = this.store
      .prepare("SELECT count(*) AS count FROM post WHERE round = ? AND posting_key = ?")
      .get(round, postingKey);
    return (row as { count: number }).count;
  }

  #insert(round: string, freeze: Uint8Array, post: NewPost, copySignature: Uint8Array | null): StoredPost {
    const last = this.last(round);
    const position = last.position + 1;
    const order = postingOrder(freeze, last.order, post.digest);
    this.store
      .prepare(
        `INSERT INTO post (round, position, digest, posting_key, bytes, sealed, posting_order, copy_signature)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(round, position, post.digest, post.postingKey, post.bytes, post.sealed, order, copySignature);
    return { position, digest: post.digest, bytes: post.bytes, order, copySignature };
  }
}

function postOf(row: Row): StoredPost {
  return {
    position: row.position,
    digest: row.digest,
    bytes: row.bytes,
    order: row.posting_order,
    copySignature: row.copy_signature,
  };
}
