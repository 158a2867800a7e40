import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { PrismaClient } from "@/generated/prisma/client";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { waitFor } from "@/ledger/client/outbox/wait";
import { createDatabase } from "@/lib/db";
import { env } from "@/lib/env";
import { migrate } from "@/prisma/migrate";
import { SignerKeys } from "@/services/signer/keys";
import { startControl } from "@/services/supervisor/control";
import { openDataFolder } from "@/services/supervisor/data-folder";
import { describeServices } from "@/services/supervisor/services";
import { signerFolder } from "@/services/supervisor/sockets";
import { freshDatabase } from "./database";
import { configureRecoveryKeys, foundTorino } from "./ledger/founded";
import { subjectCommand, torino } from "./ledger/world";

const { kind } = inject("databaseTemplate");
if (kind === "postgresql") await freshDatabase();
else delete process.env.DATABASE_URL;

configureRecoveryKeys();

const run = promisify(execFile);
let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "cocity-backup-"));
});

afterAll(() => rm(parent, { recursive: true, force: true }));

describe("a backup made while transactions go on", () => {
  it("comes back with a ledger and a database that agree, and goes on from there", async () => {
    const [folder, file] = [join(parent, "data"), join(parent, "backup.tar.gz")];
    const city = await startCity(folder);
    await writeFile(join(folder, "files", "attachment"), "content");
    const keys = await SignerKeys.open(signerFolder(folder));
    const fingerprints = await keys.recoveryFingerprints();
    await foundTorino(city);
    const sent: string[] = [];
    let last = false;
    const writing = (async () => {
      for (let turn = 0; !last; turn++) {
        sent.push(...(await enqueueSubjects(city.db, `first-${turn}`, 10)));
        await sleep(30);
      }
    })();
    await expect.poll(() => sent.length, { timeout: 60_000 }).toBeGreaterThan(100);
    const before = sent.length;
    await data(folder, "backup", file);
    await expect.poll(() => sent.length, { timeout: 60_000 }).toBeGreaterThan(before);
    last = true;
    await writing;
    for (const id of sent) await waitFor(city.db, id);
    const withKeys = join(parent, "with-signer-keys.tar.gz");
    await data(folder, "backup", withKeys, "--signer-keys");
    await city.stop();
    expect((await run("tar", ["tzf", file])).stdout).not.toContain("signer");
    await run("tar", ["xzf", withKeys, "-C", parent, "signer"]);
    const kept = await SignerKeys.open(signerFolder(parent));
    expect(await kept.recoveryFingerprints()).toBe(fingerprints);

    const restored = join(parent, "restored");
    // A PostgreSQL is the same before and after, and not empty.
    await data(restored, "restore", file, ...(kind === "postgresql" ? ["--force"] : []));
    expect(await readdir(join(restored, "files"))).toEqual(["attachment"]);
    const again = await startCity(restored);
    await settle(again.db);
    const items = await again.db.outboxItem.findMany({ where: { transaction: "subjects:register" } });
    expect(items.length).toBeGreaterThanOrEqual(before);
    expect(items.map(({ status }) => status)).toEqual(items.map(() => "committed"));
    const subjects = await again.db.chainSubject.findMany({ where: { municipality: torino } });
    expect(subjects.map(({ id }) => id).sort()).toEqual(items.map(({ subjectId }) => subjectId).sort());
    for (const id of await enqueueSubjects(again.db, "second", 5)) await waitFor(again.db, id);
    await again.stop();
  }, 300_000);

  it("is refused over a folder in use, over one that is not empty, and when a byte of it differs", async () => {
    const folder = join(parent, "restored");
    const file = join(parent, "backup.tar.gz");
    await expect(data(folder, "restore", file)).rejects.toThrow("is not empty");
    const held = await openDataFolder(folder);
    await expect(data(folder, "restore", file, "--force")).rejects.toThrow("is running on");
    await held.release();
    const unpacked = await mkdtemp(join(parent, "unpacked-"));
    await run("tar", ["xzf", file, "-C", unpacked]);
    await writeFile(join(unpacked, "files", "attachment"), "kontent");
    const altered = join(parent, "altered.tar.gz");
    await run("tar", ["czf", altered, "-C", unpacked, ...(await readdir(unpacked))]);
    await expect(data(join(parent, "new"), "restore", altered)).rejects.toThrow(
      "files/attachment is damaged",
    );
    expect(await readdir(parent)).not.toContain("new");
  }, 120_000);
});

type RunningCity = { url: string; kind: typeof kind; db: PrismaClient; stop(): Promise<void> };

/** Everything but the site, with the supervisor's own pieces. */
async function startCity(path: string): Promise<RunningCity> {
  const folder = await openDataFolder(path);
  const services = describeServices(folder);
  await Promise.all([services.database?.start(), services.ledger?.start()]);
  const url = services.environment.DATABASE_URL ?? env.DATABASE_URL;
  await migrate(url);
  await services.worker.start();
  const control = await startControl(path, folder.sockets.control, services.ledger, url);
  const db = createDatabase(url, kind);
  return {
    url,
    kind,
    db,
    async stop() {
      await db.$disconnect();
      await control.close();
      await services.worker.stop();
      await Promise.all([services.database?.stop(), services.ledger?.stop()]);
      await folder.release();
    },
  };
}

async function enqueueSubjects(db: PrismaClient, name: string, count: number): Promise<string[]> {
  return db.$transaction(async (tx) => {
    const ids: string[] = [];
    for (let number = 0; number < count; number++)
      ids.push(await enqueue(tx, subjectCommand(`${name}-${number}`)));
    return ids;
  });
}

/** Until nothing is on its way any more and the tables show it. */
async function settle(db: PrismaClient): Promise<void> {
  const items = await db.outboxItem.findMany({ where: { status: { not: "failed" } } });
  for (const { id } of items) await waitFor(db, id, { timeoutMs: 60_000 });
}

async function data(folder: string, ...args: string[]): Promise<void> {
  await run(process.execPath, ["--import", "tsx", "scripts/data.ts", ...args], {
    env: { ...process.env, COCITY_DATA: folder },
  });
}
