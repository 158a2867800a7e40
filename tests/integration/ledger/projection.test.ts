import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";
import { people } from "@/chaincode/testing/people";
import { submitAndWait } from "@/ledger/client/outbox/wait";
import { follow, ProjectionAlarm } from "@/ledger/client/projection/follow";
import { checkRebuild, rebuild } from "@/ledger/client/projection/rebuild";
import { proveTransaction } from "@/ledger/client/proof";
import { newVoters, openRound } from "./city";
import { FoundedCity, foundTorino } from "./founded";
import { startWorld, subjectCommand, torino } from "./world";

const world = await startWorld();
const { db, access, pool } = world;
const { gateway } = access;
const signal = new AbortController().signal;
let worker = await world.startWorker();
const city = new FoundedCity(world);
await foundTorino(world);
await openRound(world, newVoters(3));

describe("the projection", () => {
  it("is byte for byte what the blocks say", async () => {
    const report = await checkRebuild({ gateway, pool, signal });
    expect(report).toEqual({ height: expect.any(Number), rows: expect.any(Number) });
    expect(report.height).toBe((await gateway.chainInfo()).height);
    expect(report.rows).toBeGreaterThan(50);
  });

  it.each([
    [`UPDATE chain.call SET threshold = 71`, "table call: a row is"],
    [
      `DELETE FROM chain.step WHERE block = (SELECT max(block) FROM chain.step)`,
      "a row of the ledger is missing",
    ],
    [`UPDATE chain.block SET hash = repeat('0', 64) WHERE number = 1`, "table block"],
    [
      `INSERT INTO chain.day VALUES ('001001', 'day', '2026-01-01', '{}', repeat('0', 64), 1)`,
      "does not come from",
    ],
    [`UPDATE chain.proposal SET record = jsonb_set(record, '{costCents}', '1')`, "table proposal"],
  ])("shows a change that did not come from the ledger: %s", async (sql, sentence) => {
    await pool.query(sql);
    expect((await checkRebuild({ gateway, pool, signal })).difference).toContain(sentence);
    await rebuild({ gateway, pool, signal });
    expect((await checkRebuild({ gateway, pool, signal })).difference).toBeUndefined();
  });

  it("is checked by a command that says in words what it found, and by its exit code", async () => {
    expect(await command()).toMatchObject({ code: 0, output: expect.stringContaining("all the same") });
    await pool.query(`UPDATE chain.call SET threshold = 71`);
    expect(await command()).toMatchObject({
      code: 1,
      output: expect.stringContaining("table call: a row is"),
    });
    await rebuild({ gateway, pool, signal });
  });

  it("catches up after it was killed in the middle of a run of blocks", { timeout: 180_000 }, async () => {
    await worker.kill();
    await pool.query(
      `TRUNCATE chain.block, chain.transaction, chain.step, chain.entry, chain.money, ${await recordTables()}`,
    );
    for (let round = 0; round < 4; round += 1) {
      worker = await world.startWorker();
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      await worker.kill();
    }
    worker = await world.startWorker();
    await submitAndWait(db, subjectCommand("after-kills"));
    expect((await checkRebuild({ gateway, pool, signal })).difference).toBeUndefined();
  });

  it("stops with an alarm at a ledger that is not the one it followed", { timeout: 180_000 }, async () => {
    await worker.stop();
    const { rows } = await pool.query<{ number: string; hash: string }>(
      `SELECT number, hash FROM chain.block ORDER BY number DESC LIMIT 1`,
    );
    const [last] = rows;
    await pool.query(`UPDATE chain.block SET hash = repeat('f', 64) WHERE number = $1`, [last?.number]);
    await expect(follow({ gateway, pool, signal })).rejects.toThrow(ProjectionAlarm);
    const alarmed = await world.startWorker();
    await expect
      .poll(async () => (await db.ledgerWorker.findFirst())?.alarm, { timeout: 60_000 })
      .toContain("block");
    await alarmed.stop();
    await pool.query(`UPDATE chain.block SET hash = $2 WHERE number = $1`, [last?.number, last?.hash]);
    worker = await world.startWorker();
    await submitAndWait(db, subjectCommand("after-alarm"));
    expect((await db.ledgerWorker.findFirst())?.alarm).toBeNull();
  });
});

describe("check it yourself", () => {
  it("finds the ledger and the tables the same, endorsed by three organisations", async () => {
    const { transactionId, block } = await city.submit(people.officer, "rounds:close", { id: "round-2026" });
    const proof = await proveTransaction({ gateway, db }, { municipality: torino, transactionId });
    expect(proof).toMatchObject({
      ...{ transactionId, block, code: "VALID", sound: true, endorsedBy: ["Case", "Comune", "Garanti"] },
      creator: { organisation: "Comune", role: "responsible_officer" },
      checks: { dataHash: true, transactionId: true, signer: true, proposal: true },
    });
    expect(proof?.matches.every(({ equal }) => equal)).toBe(true);
    expect(proof?.matches.filter(({ what }) => what === "record").map(({ of }) => of)).toContain(
      "round round-2026",
    );
  });

  it("shows what the tables say otherwise", async () => {
    const { transactionId } = await submitAndWait(db, subjectCommand("tampered"));
    await pool.query(
      `UPDATE chain.subject SET record = jsonb_set(record, '{kind}', '"company"') WHERE id = 'tampered'`,
    );
    const proof = await proveTransaction({ gateway, db }, { municipality: torino, transactionId });
    expect(proof?.sound).toBe(false);
    const different = proof?.matches.filter(({ equal }) => !equal);
    expect(different).toMatchObject([{ what: "record", of: "subject tampered" }]);
    expect(different?.[0]?.shown).toContain('"company"');
    expect(different?.[0]?.ledger).toContain('"association"');
    await rebuild({ gateway, pool, signal });
  });

  it("shows nothing of another municipality, nor what was never there", async () => {
    const { transactionId } = await submitAndWait(db, subjectCommand("elsewhere"));
    expect(
      await proveTransaction({ gateway, db }, { municipality: "001001", transactionId }),
    ).toBeUndefined();
    const unknown = { municipality: torino, transactionId: "0".repeat(64) };
    expect(await proveTransaction({ gateway, db }, unknown)).toBeUndefined();
  });
});

/** `npm run projection -- rebuild --check` */
async function command(): Promise<{ code: number; output: string }> {
  const args = [
    "--conditions=react-server",
    "--import",
    "tsx",
    "scripts/projection.ts",
    "rebuild",
    "--check",
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

async function recordTables(): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'chain'
     AND table_name NOT IN ('block', 'transaction', 'step', 'entry')`,
  );
  return rows.map(({ name }) => `chain."${name}"`).join(", ");
}
