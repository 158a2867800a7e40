import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../../../lib/log";
import type { LedgerGateway } from "../gateway";
import type { Identities } from "../identities/identities";
import { largestBatch } from "./batch";
import { nextGroups } from "./schedule";
import { pauseMs, Sender, type Sent } from "./sender";
import { FencedError, type Item, type OutboxStore, type Submission } from "./store";

export interface OutboxWorkerOptions {
  readonly store: OutboxStore;
  readonly gateway: LedgerGateway;
  readonly identities: Identities;
  /** Transactions under way at once. */
  readonly concurrency?: number;
  /** Whether items that may share a transaction do; default true. */
  readonly batching?: boolean;
}

type Waiting = { readonly item: Item; readyAt: number; tries: number; alone: boolean };
type Group = { readonly submissionId: string; readonly members: readonly Waiting[] };

/** Items held in memory; the rest waits in the database. */
const window = 1000;
const busyPollMs = 20;
const idlePollMs = 100;
/** An item that was committed to the database after a later one was seen is found by a sweep. */
const sweepMs = 1000;
/** Acts end by the day: nobody waits for the minute. */
const unsignedMs = 20_000;

/**
 * Sends what is in the outbox, one process at a time. Everything it needs is in the database: it may be killed at any
 * moment, and the next one goes on.
 */
export class OutboxWorker {
  readonly #stopping = new AbortController();
  readonly #sender: Sender;
  readonly #waiting = new Map<string, Waiting>();
  readonly #underWay = new Set<Group>();
  #seen = 0;
  /** When the last of them was seen, by the database's clock. */
  #seenAt = 0;
  #sweptAt = 0;
  #endedAt = 0;
  #unavailable = 0;
  #pausedUntil = 0;
  #probe: Group | undefined;
  #pollAt = 0;
  #fenced: FencedError | undefined;
  #wake: () => void = () => undefined;

  constructor(private readonly options: OutboxWorkerOptions) {
    const { gateway, identities, store } = options;
    this.#sender = new Sender(gateway, identities, store, this.#stopping.signal);
  }

  /**
   * Sends until `stop`. The store must have taken over.
   * @throws FencedError when another process has taken over since
   */
  async run(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        if (Date.now() >= this.#pollAt) await this.#poll();
        failures = 0;
        this.#dispatch();
        await this.#pause(Math.max(1, this.#pollAt - Date.now()));
      } catch (error) {
        failures += 1;
        log.error({ err: error, failures }, "the outbox cannot be read");
        await this.#pause(pauseMs(failures));
      }
    }
    if (this.#fenced) throw this.#fenced;
  }

  /** Sends nothing new and waits a moment for what is under way. */
  async stop(patience = 5_000): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    const end = Date.now() + patience;
    while (this.#underWay.size > 0 && Date.now() < end) await sleep(20);
  }

  async #poll(): Promise<void> {
    const { store } = this.options;
    const inHand = [...this.#underWay].map(({ submissionId }) => submissionId);
    const isDue = Date.now() - this.#sweptAt > sweepMs;
    let found = await store.look(this.#wanted(isDue), inHand);
    // Its numbers may lie on either side of what was seen last: only together are they in order.
    const isSplit = !isDue && found.queued.some(({ createdAt }) => createdAt.getTime() <= this.#seenAt + 1);
    if (isSplit) found = await store.look(this.#wanted(true), inHand);
    const sweep = isDue || isSplit;
    const { queued, orphans, at } = found;
    for (const item of queued) {
      this.#waiting.set(item.id, { item, readyAt: 0, tries: 0, alone: false });
      this.#seen = Math.max(this.#seen, item.sequence);
    }
    if (queued.length > 0) this.#seenAt = at.getTime();
    if (orphans)
      for (const { submission, items } of await store.open(inHand)) this.#resume(submission, items);
    if (sweep) this.#sweptAt = Date.now();
    if (Date.now() - this.#endedAt > unsignedMs) {
      const ended = await store.endUnsigned();
      if (ended > 0) log.info({ ended }, "acts that nobody signed in time");
      this.#endedAt = Date.now();
    }
    const busy = this.#waiting.size + this.#underWay.size > 0;
    this.#pollAt = Date.now() + (busy ? busyPollMs : idlePollMs);
  }

  #wanted(sweep: boolean) {
    return {
      after: sweep ? 0 : this.#seen,
      // What comes back to wait again may have gone over the window.
      limit: Math.max(0, window - this.#waiting.size),
      without: sweep ? [...this.#known()] : [],
    };
  }

  *#known(): Generator<string> {
    yield* this.#waiting.keys();
    for (const { members } of this.#underWay) for (const { item } of members) yield item.id;
  }

  #dispatch(): void {
    if (this.#stopping.signal.aborted) return;
    const now = Date.now();
    if (now < this.#pausedUntil || this.#probe) return;
    const away = this.#unavailable > 0;
    const waiting = [...this.#waiting.values()].sort((a, b) => a.item.sequence - b.item.sequence);
    const groups = nextGroups(
      waiting.map((one) => this.#schedulable(one)),
      [...this.#underWay].map(({ members }) => members.map((one) => this.#schedulable(one))),
      {
        // While the ledger is away one group at a time tries, whatever else is still under way.
        groups: away ? this.#underWay.size + 1 : (this.options.concurrency ?? 64),
        batch: largestBatch,
        // One is endorsed while another is ordered and a third is committed.
        batchesOfOneKey: 3,
      },
      ({ waiting: { readyAt } }) => readyAt <= now,
    );
    for (const group of groups) {
      const members = group.map(({ waiting: member }) => member);
      for (const { item } of members) this.#waiting.delete(item.id);
      const started = this.#start(members, (submissionId) =>
        this.#sender.send(
          members.map(({ item }) => item),
          submissionId,
        ),
      );
      if (away) this.#probe = started;
    }
  }

  #resume(submission: Submission, items: readonly Item[]): void {
    const members = items.map((item) => ({ item, readyAt: 0, tries: 0, alone: false }));
    this.#start(members, () => this.#sender.resume(submission, items), submission.id);
  }

  #start(
    members: readonly Waiting[],
    work: (submissionId: string) => Promise<Sent>,
    submissionId: string = randomUUID(),
  ): Group {
    const group = { submissionId, members };
    this.#underWay.add(group);
    work(submissionId)
      .then((sent) => this.#done(members, sent))
      .catch((error: unknown) => {
        if (error instanceof FencedError) {
          this.#fenced = error;
          this.#stopping.abort();
        }
        // What the database says counts: the next sweep reads it again. So does the next process.
        if (!this.#stopping.signal.aborted) log.error({ err: error }, "a transaction was left where it is");
      })
      .finally(() => {
        this.#underWay.delete(group);
        if (this.#probe === group) this.#probe = undefined;
        this.#wake();
      });
    return group;
  }

  #done(members: readonly Waiting[], sent: Sent): void {
    if (sent === "unavailable") {
      this.#unavailable += 1;
      this.#pausedUntil = Date.now() + pauseMs(this.#unavailable);
    } else {
      this.#unavailable = 0;
    }
    if (sent === "settled") return;
    for (const { item, tries, alone } of members) {
      const readyAt = sent === "again" ? Date.now() + pauseMs(tries) : 0;
      const next = { item, readyAt, tries: tries + 1, alone: alone || sent === "alone" };
      this.#waiting.set(item.id, next);
    }
  }

  #schedulable(waiting: Waiting) {
    const { sequence, orderKey, batchKey, person } = waiting.item;
    const single = waiting.alone || this.options.batching === false;
    return { sequence, orderKey, batchKey: single ? null : batchKey, person, waiting };
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
