/** What an issuer has promised to whom: one credential and one posting key a person. */
import { createHash } from "node:crypto";
import { bytesToHex } from "@noble/hashes/utils.js";
import { PartRefusal } from "@/lib/part-refusal";
import { leafHash, merkleRoot } from "@/voting/merkle-tree";
import { inSteps } from "@/voting/sealed/areas";
import { inTransaction, type Store } from "../sealed/store";
import { newObjectionToken } from "./notices";
import type { Place } from "./roll";

export interface Enrolment {
  readonly enrolmentKey: Uint8Array;
  readonly notBefore: number;
  readonly objectedAt: number | null;
  readonly objection: Uint8Array;
  readonly issuedAt: number | null;
}

interface Row {
  enrolment_key: Uint8Array;
  not_before: number;
  objected_at: number | null;
  objection: Uint8Array;
  issued_at: number | null;
  credential: Uint8Array | null;
  posting: Uint8Array | null;
}

/** What is signed blindly, and for what. */
export type Blind = { readonly purpose: "credential" | "posting"; readonly blinded: Uint8Array };

export class Enrolments {
  constructor(private readonly store: Store) {}

  find(round: string, person: Uint8Array): Enrolment | undefined {
    const row = this.#row(round, person);
    return row && enrolmentOf(row);
  }

  /**
   * Notes that somebody wants to enrol. Another enrolment key before anything was issued takes the first one's place
   * and waits anew: whoever lost the words may begin again.
   *
   * @param write writes the notice, in the same transaction
   * @throws PartRefusal `paper`, `objected` or `other_key`
   */
  begin(
    round: string,
    { person, area }: Place,
    enrolmentKey: Uint8Array,
    waitMs: number,
    now: number,
    write: (begun: Enrolment) => void,
  ): Enrolment {
    return inTransaction(this.store, () => {
      if (this.#onPaper(round, person)) throw new PartRefusal(403, "paper");
      const row = this.#row(round, person);
      if (row?.objected_at && !row.issued_at) throw new PartRefusal(403, "objected");
      if (row && Buffer.compare(row.enrolment_key, enrolmentKey) === 0) return enrolmentOf(row);
      if (row?.issued_at) throw new PartRefusal(403, "other_key");
      const objection = row?.objection ?? newObjectionToken();
      this.store
        .prepare(
          `INSERT INTO enrolment (round, person, area, enrolment_key, noticed_at, not_before, objection)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (round, person) DO UPDATE SET enrolment_key = excluded.enrolment_key,
             noticed_at = excluded.noticed_at, not_before = excluded.not_before`,
        )
        .run(round, person, area, enrolmentKey, now, now + waitMs, objection);
      const begun = enrolmentOf(this.#row(round, person) as Row);
      write(begun);
      return begun;
    });
  }

  /**
   * Notes what is about to be signed; on disk before it is. The same message again is no second one.
   * @throws PartRefusal `already_issued`, or as `begin`
   */
  issue(
    round: string,
    person: Uint8Array,
    enrolmentKey: Uint8Array,
    { purpose, blinded }: Blind,
    now: number,
  ): void {
    const digest = new Uint8Array(createHash("sha256").update(blinded).digest());
    inTransaction(this.store, () => {
      if (this.#onPaper(round, person)) throw new PartRefusal(403, "paper");
      const row = this.#row(round, person);
      if (!row || Buffer.compare(row.enrolment_key, enrolmentKey) !== 0)
        throw new PartRefusal(403, "other_key");
      if (row.objected_at && !row.issued_at) throw new PartRefusal(403, "objected");
      const before = row[purpose];
      if (before && Buffer.compare(before, digest) === 0) return;
      if (before) throw new PartRefusal(403, "already_issued");
      this.store
        .prepare(
          `UPDATE enrolment SET ${purpose} = ?, issued_at = coalesce(issued_at, ?) WHERE round = ? AND person = ?`,
        )
        .run(digest, now, round, person);
    });
  }

  /** @returns whether something had been issued before; undefined for a token that is nobody's */
  object(token: Uint8Array, now: number): "before" | "after" | undefined {
    return inTransaction(this.store, () => {
      const row = this.store.prepare("SELECT issued_at FROM enrolment WHERE objection = ?").get(token) as
        | Pick<Row, "issued_at">
        | undefined;
      if (!row) return undefined;
      this.store
        .prepare("UPDATE enrolment SET objected_at = coalesce(objected_at, ?) WHERE objection = ?")
        .run(now, token);
      return row.issued_at ? "after" : "before";
    });
  }

  /** Who an objection is about, for its page. */
  byObjection(token: Uint8Array): Enrolment | undefined {
    const row = this.store.prepare("SELECT * FROM enrolment WHERE objection = ?").get(token) as
      | Row
      | undefined;
    return row && enrolmentOf(row);
  }

  /**
   * Marks that a person votes on paper: before a sheet is given.
   * @throws PartRefusal `already_issued` where there is a credential
   */
  markPaper(round: string, { person, area }: Place): void {
    inTransaction(this.store, () => {
      const row = this.#row(round, person);
      if (row?.issued_at) throw new PartRefusal(403, "already_issued");
      this.store
        .prepare("INSERT OR IGNORE INTO paper (round, person, area) VALUES (?, ?, ?)")
        .run(round, person, area);
    });
  }

  /** One refusal a person and reason: trying again is not another one. */
  refused(round: string, code: string, person: Uint8Array): void {
    this.store
      .prepare("INSERT OR IGNORE INTO refusal (round, code, person) VALUES (?, ?, ?)")
      .run(round, code, person);
  }

  /** What is told in public, in steps, and a root that binds the issuer to what it has signed. */
  report(round: string, areas: readonly number[], now: number) {
    const count = (sql: string, ...values: (string | number)[]) =>
      (this.store.prepare(sql).get(round, ...values) as { count: number }).count;
    const issued = areas.map((area) => ({
      area,
      count: inSteps(
        count(
          "SELECT count(*) AS count FROM enrolment WHERE round = ? AND area = ? AND credential IS NOT NULL",
          area,
        ),
      ),
    }));
    const digests = this.store
      .prepare(
        "SELECT credential FROM enrolment WHERE round = ? AND credential IS NOT NULL ORDER BY credential",
      )
      .all(round) as { credential: Uint8Array }[];
    return {
      issued,
      refused: inSteps(count("SELECT count(DISTINCT person) AS count FROM refusal WHERE round = ?")),
      waiting: inSteps(
        count(
          "SELECT count(*) AS count FROM enrolment WHERE round = ? AND credential IS NULL AND objected_at IS NULL AND not_before > ?",
          now,
        ),
      ),
      paper: inSteps(count("SELECT count(*) AS count FROM paper WHERE round = ?")),
      root: bytesToHex(merkleRoot(digests.map(({ credential }) => leafHash(credential)))),
    };
  }

  #row(round: string, person: Uint8Array): Row | undefined {
    return this.store.prepare("SELECT * FROM enrolment WHERE round = ? AND person = ?").get(round, person) as
      | Row
      | undefined;
  }

  #onPaper(round: string, person: Uint8Array): boolean {
    return (
      this.store.prepare("SELECT 1 FROM paper WHERE round = ? AND person = ?").get(round, person) !==
      undefined
    );
  }
}

function enrolmentOf(row: Row): Enrolment {
  return {
    enrolmentKey: row.enrolment_key,
    notBefore: row.not_before,
    objectedAt: row.objected_at,
    objection: row.objection,
    issuedAt: row.issued_at,
  };
}
