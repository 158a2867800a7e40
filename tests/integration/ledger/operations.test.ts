import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { VoterKey } from "@/chaincode/testing/keys";
import { people } from "@/chaincode/testing/people";
import { health, siteMetrics } from "@/features/health/queries";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { submitAndWait, waitFor } from "@/ledger/client/outbox/wait";
import { inRequest } from "@/lib/log";
import { EVENT_NAME } from "@/protocol/events";
import { freePort } from "@/tests/free-port";
import { newVoters, openRound } from "./city";
import { foundTorino } from "./founded";
import { startWorld, subjectCommand, torino, type Worker } from "./world";

const world = await startWorld();
const { db, access, pool, ledger } = world;
const port = await freePort();
const token = randomBytes(16).toString("hex");
Object.assign(process.env, { WORKER_METRICS_PORT: String(port), METRICS_TOKEN: token });
const patient = { timeout: 20_000 };
let worker: Worker = await world.startWorker();
await foundTorino(world);

describe("a request", () => {
  it("is found on its transaction, and the transaction by the request", async () => {
    const requestId = randomUUID();
    const { id, transactionId, block } = await inRequest(requestId, () =>
      submitAndWait(db, subjectCommand("subject-asked")),
    );
    await expect
      .poll(() => linesOf(worker, requestId))
      .toMatchObject([{ command: id, transactionId, block, transaction: "subjects:register" }]);
    const event = (await access.gateway.transaction(transactionId))?.action?.event;
    expect(event?.name).toBe(EVENT_NAME);
    const { command } = JSON.parse(Buffer.from(event?.payload ?? "").toString("utf8")) as { command: string };
    expect(await db.outboxItem.findUnique({ where: { id: command } })).toMatchObject({
      requestId,
      transactionId,
    });
  });

  it("that was refused is found too, with the code", async () => {
    const requestId = randomUUID();
    const refused = inRequest(requestId, () =>
      submitAndWait(db, subjectCommand("subject-asked", "resident-2")),
    );
    await expect(refused).rejects.toMatchObject({ code: "already_exists" });
    await expect.poll(() => linesOf(worker, requestId), patient).toMatchObject([{ code: "already_exists" }]);
  });

  it("leads to no ballot", async () => {
    const [voter] = newVoters(1) as [VoterKey];
    await openRound(world, [voter]);
    const requestId = randomUUID();
    const { person, organisation, role } = people.casting;
    const { id } = await inRequest(requestId, () =>
      submitAndWait(db, {
        transaction: "rounds:cast",
        input: { municipality: torino, round: "round-2026", ballots: [voter.ballot("round-2026", 1, [1])] },
        signer: { person, organisation, role },
        subject: { type: "ballot", id: `round-2026/${voter.publicKey}` },
      }),
    );
    expect((await db.outboxItem.findUnique({ where: { id } }))?.requestId).toBeNull();
    expect(linesOf(worker, requestId)).toEqual([]);
  });
});

describe("metrics", () => {
  it("of the worker say what it recorded, what was refused and how far the tables are", async () => {
    const registered = 'transaction="subjects:register"';
    const headers = { authorization: `Bearer ${token}` };
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
    const recorded = await db.outboxItem.count({
      where: { transaction: "subjects:register", status: "committed" },
    });
    expect(metricIn(text, `cocity_submissions_total{${registered},code="recorded"}`)).toBe(recorded);
    expect(metricIn(text, `cocity_submissions_total{${registered},code="already_exists"}`)).toBe(1);
    expect(metricIn(text, 'cocity_endorsement_failures_total{code="already_exists"}')).toBe(1);
    expect(metricIn(text, `cocity_submission_seconds_count{${registered}}`)).toBe(recorded);
    expect(metricIn(text, 'cocity_transactions_total{code="VALID"}')).toBeGreaterThan(1);
    expect(metricIn(text, 'cocity_outbox_items{status="queued"}')).toBe(0);
    expect(metricIn(text, "cocity_projection_lag_blocks")).toBe(0);
    expect(metricIn(text, "cocity_alarm")).toBe(0);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(401);
  });

  it("of the site are for whoever bears the token", async () => {
    expect(await siteMetrics(null)).toBeNull();
    expect(await siteMetrics("Bearer 0000")).toBeNull();
    // A ledger that is asked while it is busy may answer later than a page of metrics waits.
    await expect
      .poll(async () => {
        const found = await siteMetrics(`Bearer ${token}`);
        return metricIn(found?.text ?? "", "cocity_ledger_height");
      }, patient)
      .toBeGreaterThan(1);
  });
});

describe("a worker that is asked to end", () => {
  it("finishes what is under way and leaves the rest to the next, which records all of it once", async () => {
    const ids = await db.$transaction(async (tx) => {
      const queued: string[] = [];
      for (let number = 0; number < 300; number += 1)
        queued.push(
          await enqueue(tx, subjectCommand(`subject-leaving-${number}`, `resident-${number % 10}`)),
        );
      return queued;
    });
    await expect.poll(() => count("committed"), patient).toBeGreaterThan(0);
    expect(await worker.stop()).toBe(0);
    expect(await count("sending")).toBe(0);
    const left = await count("queued");
    worker = await world.startWorker();
    await Promise.all(ids.map((id) => waitFor(db, id, { timeoutMs: 60_000 })));
    const { rows } = await pool.query(
      `SELECT count(*)::int AS recorded FROM chain.transaction WHERE command = ANY($1::uuid[]) AND code = 0`,
      [ids],
    );
    expect(rows).toEqual([{ recorded: ids.length }]);
    expect(left).toBeGreaterThan(0);
  });
});

describe("health", () => {
  it("is good while all answer, degraded without the ledger, and down without the database", async () => {
    await expect.poll(health, patient).toMatchObject({
      status: "ok",
      ledger: "embedded",
      outbox: 0,
      peers: [{ organisation: "ComuneMSP", height: expect.any(Number) }],
    });
    await ledger.kill();
    expect(await health()).toMatchObject({
      status: "degraded",
      height: null,
      projectionHeight: expect.any(Number),
      outbox: 0,
      peers: [{ height: null }],
    });
    // Its queries wait for the lock: to whoever asks the database is as good as gone.
    const holder = await pool.connect();
    await holder.query(`BEGIN; LOCK TABLE "OutboxItem" IN ACCESS EXCLUSIVE MODE`);
    try {
      expect(await health()).toMatchObject({ status: "down", outbox: null, projectionHeight: null });
    } finally {
      await holder.query("ROLLBACK");
      holder.release();
    }
  });
});

function linesOf(from: Worker, requestId: string): Record<string, unknown>[] {
  const lines = from
    .log()
    .split("\n")
    .filter((line) => line.includes(requestId));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function count(status: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int FROM "OutboxItem" WHERE status = $1 AND "subjectId" LIKE 'subject-leaving-%'`,
    [status],
  );
  return rows[0]?.count ?? 0;
}

function metricIn(text: string, name: string): number {
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  return line === undefined ? Number.NaN : Number(line.slice(name.length + 1));
}
