/** What the opener keeps: casts that wait, and those that the ledger has. In no order that it came to know. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { BallotPlace } from "@/voting/sealed/round";
import { inTransaction, type Store } from "../sealed/store";

export const openerSchema = [
  `
  CREATE TABLE post (round TEXT NOT NULL, digest BLOB NOT NULL, fault TEXT, PRIMARY KEY (round, digest)) WITHOUT ROWID;
  CREATE TABLE ballot (
    round TEXT NOT NULL, area INTEGER NOT NULL, voter BLOB NOT NULL, seq INTEGER NOT NULL, digest BLOB NOT NULL,
    bytes BLOB NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'recorded', 'late', 'refused')),
    PRIMARY KEY (round, area, voter, seq, digest)
  ) WITHOUT ROWID;
  CREATE INDEX ballot_state ON ballot (round, state);
  CREATE TABLE ended (
    round TEXT PRIMARY KEY, count INTEGER NOT NULL, posting_order BLOB NOT NULL,
    relay_signature BLOB NOT NULL, copy_signature BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE published (round TEXT NOT NULL, area INTEGER NOT NULL, voter BLOB NOT NULL, PRIMARY KEY (round, area, voter)) WITHOUT ROWID;
  `,
] as const;

/** `late`: another ballot of the same place was recorded first. `refused`: the ledger found a fault. */
export type BallotState = "waiting" | "sent" | "recorded" | "late" | "refused";

export interface HeldBallot extends BallotPlace {
  /** Of its envelope. */
  readonly digest: Uint8Array;
}

export interface OpenedPost {
  /** Of the sealed cast. */
  readonly digest: Uint8Array;
  readonly fault?: string;
  readonly ballot?: HeldBallot & { readonly bytes: Uint8Array };
}

export interface ReceptionEnded {
  readonly count: number;
  readonly order: Uint8Array;
  readonly relaySignature: Uint8Array;
  readonly copySignature: Uint8Array;
}

export class OpenerStore {
  constructor(private readonly store: Store) {}

  /** Whole groups only, so that what is held always ends with a group. */
  add(round: string, posts: readonly OpenedPost[]): void {
    inTransaction(this.store, () => {
      const post = this.store.prepare("INSERT OR IGNORE INTO post (round, digest, fault) VALUES (?, ?, ?)");
      const ballot = this.store.prepare(
        "INSERT OR IGNORE INTO ballot (round, area, voter, seq, digest, bytes, state) VALUES (?, ?, ?, ?, ?, ?, 'waiting')",
      );
      for (const opened of posts) {
        post.run(round, opened.digest, opened.fault ?? null);
        if (!opened.ballot) continue;
        const { area, voter, seq, digest, bytes } = opened.ballot;
        ballot.run(round, area, voter, seq, digest, bytes);
      }
    });
  }

  /** How many posts of the round were taken. */
  held(round: string): number {
    const row = this.store.prepare("SELECT count(*) AS count FROM post WHERE round = ?").get(round);
    return (row as { count: number }).count;
  }

  faults(round: string): number {
    const row = this.store.prepare(
      "SELECT count(*) AS count FROM post WHERE round = ? AND fault IS NOT NULL",
    );
    return (row.get(round) as { count: number }).count;
  }

  inState(round: string, state: BallotState): HeldBallot[] {
    return this.store
      .prepare("SELECT area, voter, seq, digest FROM ballot WHERE round = ? AND state = ?")
      .all(round, state) as unknown as HeldBallot[];
  }

  /** The last recorded seq of each key, by `placeName`. */
  lastRecorded(round: string): Map<string, number> {
    const rows = this.store
      .prepare(
        "SELECT area, voter, max(seq) AS seq FROM ballot WHERE round = ? AND state = 'recorded' GROUP BY area, voter",
      )
      .all(round) as unknown as BallotPlace[];
    return new Map(rows.map((row) => [placeName(row), row.seq]));
  }

  bytes(round: string, { area, voter, seq, digest }: HeldBallot): Uint8Array {
    const row = this.store
      .prepare(
        "SELECT bytes FROM ballot WHERE round = ? AND area = ? AND voter = ? AND seq = ? AND digest = ?",
      )
      .get(round, area, voter, seq, digest);
    return (row as { bytes: Uint8Array }).bytes;
  }

  setState(round: string, ballots: readonly HeldBallot[], state: BallotState): void {
    inTransaction(this.store, () => {
      const set = this.store.prepare(
        "UPDATE ballot SET state = ? WHERE round = ? AND area = ? AND voter = ? AND seq = ? AND digest = ?",
      );
      for (const { area, voter, seq, digest } of ballots) set.run(state, round, area, voter, seq, digest);
    });
  }

  /** Once a ballot is superseded the envelope is forgotten here too. */
  forgetSuperseded(round: string): void {
    this.store
      .prepare(
        `UPDATE ballot SET bytes = x'' WHERE round = ? AND length(bytes) > 0 AND state IN ('recorded', 'late', 'refused')
         AND NOT (state = 'recorded' AND seq = (SELECT max(seq) FROM ballot AS last
           WHERE last.round = ballot.round AND last.area = ballot.area AND last.voter = ballot.voter AND last.state = 'recorded'))`,
      )
      .run(round);
  }

  toPublish(round: string, areas: readonly number[], most: number): HeldBallot[] {
    return this.store
      .prepare(
        `SELECT area, voter, max(seq) AS seq, digest FROM ballot
         WHERE round = ? AND state = 'recorded' AND area IN (SELECT value FROM json_each(?))
           AND NOT EXISTS (SELECT 1 FROM published AS done
             WHERE done.round = ballot.round AND done.area = ballot.area AND done.voter = ballot.voter)
         GROUP BY area, voter ORDER BY area, voter LIMIT ?`,
      )
      .all(round, JSON.stringify(areas), most) as unknown as HeldBallot[];
  }

  setPublished(round: string, ballots: readonly HeldBallot[]): void {
    inTransaction(this.store, () => {
      const add = this.store.prepare("INSERT OR IGNORE INTO published (round, area, voter) VALUES (?, ?, ?)");
      for (const { area, voter } of ballots) add.run(round, area, voter);
    });
  }

  end(round: string, { count, order, relaySignature, copySignature }: ReceptionEnded): void {
    this.store
      .prepare(
        "INSERT OR IGNORE INTO ended (round, count, posting_order, relay_signature, copy_signature) VALUES (?, ?, ?, ?, ?)",
      )
      .run(round, count, order, relaySignature, copySignature);
  }

  ended(round: string): ReceptionEnded | undefined {
    const row = this.store.prepare("SELECT * FROM ended WHERE round = ?").get(round) as
      | { count: number; posting_order: Uint8Array; relay_signature: Uint8Array; copy_signature: Uint8Array }
      | undefined;
    return (
      row && {
        count: row.count,
        order: row.posting_order,
        relaySignature: row.relay_signature,
        copySignature: row.copy_signature,
      }
    );
  }
}

export function placeName({ area, voter }: Pick<BallotPlace, "area" | "voter">): string {
  return `${area}/${bytesToHex(voter)}`;
}
