import { setTimeout as sleep } from "node:timers/promises";
import type { PrismaClient } from "../../generated/prisma/client";
import { metrics } from "./metrics";
import { ledger } from "./process";

/** Each is null while whoever knows it does not answer. */
export interface LedgerHealth {
  /** Blocks on the ledger, as the peer says that has most. */
  readonly height: number | null;
  /** What each peer has; empty while this process has not been able to open the ledger. */
  readonly peers: readonly {
    readonly mspId: string;
    readonly peer: string;
    readonly height: number | null;
  }[];
  /** Blocks in the tables. */
  readonly projectionHeight: number | null;
  /** Items on their way to the ledger. */
  readonly outbox: number | null;
  /** How long the oldest of them has been, seconds. */
  readonly waitingSeconds: number | null;
  /** Why the projection stopped; null also where it goes on. */
  readonly alarm: string | null;
}

/** How long ledger and database may take to answer, milliseconds: whoever watches waits no longer than a few seconds. */
const patience = 1_500;

/** How far ledger, tables and outbox are. Never throws, and never takes longer than two seconds. */
export async function ledgerHealth(db: PrismaClient): Promise<LedgerHealth> {
  return healthOf(...(await readState(db)));
}

function readState(db: PrismaClient) {
  return Promise.all([orNull(peerHeights()), orNull(databaseState(db))]);
}

function healthOf(
  peers: Awaited<ReturnType<typeof peerHeights>> | null,
  state: Awaited<ReturnType<typeof databaseState>> | null,
): LedgerHealth {
  const heights = (peers ?? []).flatMap(({ height }) => (height === null ? [] : [height]));
  return {
    height: heights.length > 0 ? Math.max(...heights) : null,
    peers: peers ?? [],
    projectionHeight: state?.height ?? null,
    outbox: state && state.queued + state.sending,
    waitingSeconds: state?.waitingSeconds ?? null,
    alarm: state?.alarm ?? null,
  };
}

/** What this process counts and how far ledger, tables and outbox are, in Prometheus' text format. Never throws. */
export async function metricsText(db: PrismaClient): Promise<string> {
  const { registry, ...gauges } = metrics();
  const [answers, state] = await readState(db);
  const { height, projectionHeight, alarm, peers } = healthOf(answers, state);
  const unknown = Number.NaN;
  gauges.outboxItems.set({ status: "queued" }, state?.queued ?? unknown);
  gauges.outboxItems.set({ status: "sending" }, state?.sending ?? unknown);
  gauges.outboxItems.set({ status: "to_sign" }, state?.toSign ?? unknown);
  gauges.outboxAge.set(state?.waitingSeconds ?? unknown);
  gauges.ledgerHeight.set(height ?? unknown);
  for (const { peer, mspId, height: of } of peers) gauges.peerHeight.set({ peer, mspId }, of ?? unknown);
  gauges.projectionHeight.set(projectionHeight ?? unknown);
  const lag = height === null || projectionHeight === null ? unknown : height - projectionHeight;
  // The tables may be read a moment later than the ledger.
  gauges.projectionLag.set(Math.max(0, lag));
  gauges.alarms.set(state === null ? unknown : alarm === null ? 0 : 1);
  return registry.metrics();
}

async function peerHeights() {
  const { gateway } = await ledger();
  return gateway.peerHeights(patience - 100);
}

async function databaseState(db: PrismaClient) {
  const [row] = await db.$queryRaw<Record<string, bigint | string | number | null>[]>`
    SELECT coalesce((SELECT max(number) + 1 FROM chain.block), 0) AS height,
      count(*) FILTER (WHERE status = 'queued') AS queued,
      count(*) FILTER (WHERE status = 'sending') AS sending,
      count(*) FILTER (WHERE status = 'to_sign') AS "toSign",
      coalesce(extract(epoch FROM now() - min("createdAt") FILTER (WHERE status <> 'to_sign')), 0)::float8 AS waiting,
      (SELECT alarm FROM "LedgerWorker" LIMIT 1) AS alarm
    FROM "OutboxItem" WHERE status IN ('queued', 'sending', 'to_sign')`;
  if (!row) throw new Error("no answer");
  return {
    height: Number(row.height),
    queued: Number(row.queued),
    sending: Number(row.sending),
    toSign: Number(row.toSign),
    waitingSeconds: Number(row.waiting),
    alarm: row.alarm === null ? null : String(row.alarm),
  };
}

function orNull<T>(promise: Promise<T>): Promise<T | null> {
  return Promise.race([promise, sleep(patience, null, { ref: false })]).catch(() => null);
}
