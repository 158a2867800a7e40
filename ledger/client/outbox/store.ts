import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { Assertion } from "../../../protocol/acts/carried";
import type { Submission as Way } from "../../../protocol/acts/roles";
import type { Organisation, Role } from "../../../protocol/primitives";
import type { TransactionName } from "../../../protocol/transactions";
import { batchKeyOf } from "./batch";
import type { Schedulable } from "./schedule";
import type { SigningState } from "./signing";

/** An item as the worker handles it. */
export interface Item extends Schedulable {
  readonly id: string;
  readonly municipality: string;
  readonly transaction: TransactionName;
  readonly input: object;
  readonly person: string;
  readonly organisation: Organisation;
  readonly role: Role;
  /** How it is submitted. */
  readonly by: Way;
  /** The act as it was signed, with what signed it and the digests of all acts of that gesture. */
  readonly act: string | null;
  readonly assertion: Assertion | null;
  readonly actList: readonly string[] | null;
  readonly attempts: number;
  /** The request that asked for it. */
  readonly requestId: string | null;
  readonly createdAt: Date;
}

/** A set of bytes, stored before it is submitted. */
export interface Submission {
  readonly id: string;
  readonly command: string;
  readonly transaction: TransactionName;
  readonly state: SigningState;
}

export interface ItemChange {
  readonly id: string;
  /** The change is only made to an item that still has this status. */
  readonly from: "queued" | "sending";
  /** `to_sign`: its person is asked again, the signature they gave is dropped. */
  readonly status: "to_sign" | "queued" | "sending" | "committed" | "failed";
  readonly submissionId: string | null;
  readonly transactionId?: string | undefined;
  readonly block?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly errorParams?: object | undefined;
  /** Added to the item's attempts. */
  readonly attempts?: number | undefined;
}

export interface Change {
  readonly added?: Submission;
  readonly submission?: {
    readonly id: string;
    readonly status: SigningState["status"];
    readonly code?: number;
  };
  readonly items: readonly ItemChange[];
}

/** Another process sends now: whatever this one still wanted to write was not written. */
export class FencedError extends Error {
  override readonly name = "FencedError";
  constructor() {
    super("another worker has taken over");
  }
}

type Pending = { change: Change; resolve: () => void; reject: (error: unknown) => void };

/**
 * The outbox in the database, as its one worker sees it. Changes asked for while others are being written go together
 * in one statement: every commit waits for the disk.
 */
export class OutboxStore {
  readonly #worker = randomUUID();
  #pending: Pending[] = [];
  #writing = false;

  constructor(private readonly pool: Pool) {}

  /** Makes this process the one that sends. */
  async takeOver(): Promise<void> {
    await this.pool.query(
      `INSERT INTO "LedgerWorker" (id, worker, "startedAt") VALUES (1, $1, now())
       ON CONFLICT (id) DO UPDATE SET worker = EXCLUDED.worker, "startedAt" = EXCLUDED."startedAt", alarm = NULL`,
      [this.#worker],
    );
  }

  /** Why the projection stopped; undefined when it runs. */
  async setAlarm(alarm: string | undefined): Promise<void> {
    await this.pool.query(`UPDATE "LedgerWorker" SET alarm = $2 WHERE worker = $1`, [
      this.#worker,
      alarm ?? null,
    ]);
  }

  /**
   * What is to be done, in one look: items waiting to be sent, by sequence, and whether there are submissions that
   * nobody has in hand. Items below `after` are only seen with 0, a sweep. `at` is the database's time, no earlier than
   * what it saw.
   */
  async look(
    { after, limit, without }: { after: number; limit: number; without: readonly string[] },
    inHand: readonly string[],
  ): Promise<{ queued: Item[]; orphans: boolean; at: Date }> {
    const { rows } = await this.pool.query<{ orphans: boolean; at: Date } & (ItemRow | { id: null })>(
      `SELECT o.*, i.* FROM
         (SELECT EXISTS (SELECT 1 FROM "OutboxItem" WHERE status = 'sending'
           AND "submissionId" <> ALL($4::uuid[])) AS orphans, clock_timestamp() AS at) AS o
       LEFT JOIN
         (SELECT ${itemColumns} FROM "OutboxItem" WHERE status = 'queued' AND sequence > $1
           AND id <> ALL($3::uuid[]) ORDER BY sequence LIMIT $2) AS i ON true
       ORDER BY i.sequence`,
      [after, limit, without, inHand],
    );
    const queued = rows.flatMap(({ orphans: _, at: __, ...row }) => (row.id === null ? [] : [itemOf(row)]));
    return { queued, orphans: rows[0]?.orphans === true, at: rows[0]?.at ?? new Date(0) };
  }

  /** Submissions that may be on the ledger already, with their items. */
  async open(inHand: readonly string[]): Promise<{ submission: Submission; items: Item[] }[]> {
    const { rows } = await this.pool.query<SubmissionRow>(
      `SELECT id, command, transaction, status, "transactionId", envelope
       FROM "OutboxSubmission" WHERE status IN ('transaction_signed', 'submitted')
       AND id <> ALL($1::uuid[]) ORDER BY "createdAt", id LIMIT 1000`,
      [inHand],
    );
    if (rows.length === 0) return [];
    const items = await this.pool.query<ItemRow & { submissionId: string }>(
      `SELECT "submissionId", ${itemColumns} FROM "OutboxItem"
       WHERE status = 'sending' AND "submissionId" = ANY($1::uuid[]) ORDER BY sequence`,
      [rows.map(({ id }) => id)],
    );
    return rows.map((row) => ({
      submission: submissionOf(row),
      items: items.rows.filter(({ submissionId }) => submissionId === row.id).map(itemOf),
    }));
  }

  /** Ends what nobody has signed by its last day, and what follows it. @returns how many acts ended */
  async endUnsigned(): Promise<number> {
    const { rowCount } = await this.pool.query(
      `WITH over AS (UPDATE "OutboxItem" AS o SET status = 'failed', "errorCode" = 'act_expired', "settledAt" = now(),
           "errorParams" = jsonb_build_object('day', o."expiresOn")
         FROM chain.day AS d, "LedgerWorker" AS w
         WHERE o.status = 'to_sign' AND d.municipality = o.municipality AND o."expiresOn" < d.day AND w.worker = $1
         RETURNING o.id, o."errorCode", o."errorParams"),
       followers AS (UPDATE "OutboxItem" AS o SET status = 'failed', "errorCode" = over."errorCode",
           "errorParams" = over."errorParams", "settledAt" = now()
         FROM over WHERE o.follows = over.id AND o.status = 'following')
       SELECT id FROM over`,
      [this.#worker],
    );
    return rowCount ?? 0;
  }

  /**
   * Writes a change, whole or not at all.
   * @throws FencedError when another worker has taken over: then nothing may be submitted any more
   */
  write(change: Change): Promise<void> {
    const written = new Promise<void>((resolve, reject) => this.#pending.push({ change, resolve, reject }));
    void this.#flush();
    return written;
  }

  async #flush(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#writeAll(batch.map(({ change }) => change));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  async #writeAll(changes: readonly Change[]): Promise<void> {
    const added = changes.flatMap((change) => (change.added ? [addedRow(change.added)] : []));
    // Of two changes of one submission the later one stands: a statement may touch a row once.
    const submissions = new Map(
      changes.flatMap(({ submission }) => (submission ? [[submission.id, submission] as const] : [])),
    );
    const items = changes.flatMap((change) => change.items);
    const { rows } = await this.pool.query<{ owner: boolean; items: number }>(writeStatement, [
      this.#worker,
      JSON.stringify(added),
      JSON.stringify([...submissions.values()]),
      JSON.stringify(items),
    ]);
    if (!rows[0]?.owner) throw new FencedError();
    if (rows[0].items !== items.length)
      throw new Error(`${items.length - rows[0].items} items of the outbox changed under the worker's hands`);
  }
}

const writeStatement = `
  WITH owner AS MATERIALIZED (SELECT 1 FROM "LedgerWorker" WHERE worker = $1::uuid FOR SHARE),
  added AS (
    INSERT INTO "OutboxSubmission"
      (id, command, transaction, status, "transactionId", envelope, "updatedAt")
    SELECT s.id, s.command, s.transaction, s.status, s."transactionId",
      decode(s.envelope, 'base64'), now()
    FROM owner, jsonb_to_recordset($2::jsonb) AS s(id uuid, command uuid, transaction text, status text,
      "transactionId" text, envelope text)
  ),
  submissions AS (
    UPDATE "OutboxSubmission" AS o SET status = s.status, code = coalesce(s.code, o.code), "updatedAt" = now(),
      envelope = CASE WHEN s.status IN ('committed', 'failed', 'conflicted') THEN NULL ELSE o.envelope END
    FROM owner, jsonb_to_recordset($3::jsonb) AS s(id uuid, status text, code int) WHERE o.id = s.id
  ),
  items AS (
    UPDATE "OutboxItem" AS o SET status = i.status, "submissionId" = i."submissionId",
      "transactionId" = i."transactionId", block = i.block, "errorCode" = i."errorCode",
      "errorParams" = i."errorParams", attempts = o.attempts + coalesce(i.attempts, 0),
      "settledAt" = CASE WHEN i.status IN ('committed', 'failed') THEN now() END,
      act = CASE WHEN i.status <> 'to_sign' THEN o.act END,
      assertion = CASE WHEN i.status <> 'to_sign' THEN o.assertion END,
      "actList" = CASE WHEN i.status <> 'to_sign' THEN o."actList" END,
      "signedAt" = CASE WHEN i.status <> 'to_sign' THEN o."signedAt" END
    FROM owner, jsonb_to_recordset($4::jsonb) AS i(id uuid, "from" text, status text, "submissionId" uuid,
      "transactionId" text, block bigint, "errorCode" text, "errorParams" jsonb, attempts int)
    WHERE o.id = i.id AND o.status = i."from"
    RETURNING o.id
  ),
  followers AS (
    UPDATE "OutboxItem" AS o SET status = CASE i.status WHEN 'committed' THEN 'queued' ELSE 'failed' END,
      "errorCode" = i."errorCode", "errorParams" = i."errorParams",
      "settledAt" = CASE WHEN i.status = 'failed' THEN now() END
    FROM owner, jsonb_to_recordset($4::jsonb) AS i(id uuid, status text, "errorCode" text, "errorParams" jsonb)
    WHERE o.follows = i.id AND (o.status = 'following' AND i.status IN ('committed', 'failed')
      OR o.status = 'to_sign' AND i.status = 'failed')
  )
  SELECT EXISTS (SELECT 1 FROM owner) AS owner, (SELECT count(*)::int FROM items) AS items`;

const itemColumns = `id, sequence, municipality, transaction, input, person, organisation, role, by, act, assertion, "actList",
  "orderKey", attempts, "requestId", "createdAt"`;

type ItemRow = Omit<Item, "sequence" | "batchKey"> & { sequence: string };

type SubmissionRow = {
  id: string;
  command: string;
  transaction: TransactionName;
  status: "transaction_signed" | "submitted";
  transactionId: string;
  envelope: Buffer;
};

function itemOf(row: ItemRow): Item {
  const signer = `${row.person} ${row.organisation} ${row.role}`;
  return { ...row, sequence: Number(row.sequence), batchKey: batchKeyOf({ ...row, signer }) };
}

function submissionOf({ status, transactionId, envelope, ...row }: SubmissionRow): Submission {
  return { ...row, state: { status, transactionId, envelope } };
}

function addedRow({ state, ...row }: Submission): object {
  const base64 = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("base64");
  return {
    ...row,
    status: state.status,
    transactionId: state.transactionId,
    envelope: "envelope" in state ? base64(state.envelope) : undefined,
  };
}
