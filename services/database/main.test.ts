import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundled } from "../../lib/programs";
import { databaseSocketName, databaseUrl } from "./server";

let folder: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-database-"));
  await writeFile(join(folder, "password"), "secret\n", { mode: 0o600 });
});

afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

describe("the database process", () => {
  it("keeps what it has committed through kill -9, whenever that comes", async () => {
    let acknowledged = 0;
    for (let round = 0; round < 4; round++) {
      const { child, url } = await startDatabase();
      const client = new pg.Client({ connectionString: url });
      client.on("error", () => undefined);
      await client.connect();
      await client.query("CREATE TABLE IF NOT EXISTS kept (number int PRIMARY KEY)");
      const { rows } = await client.query("SELECT count(*)::int AS count, max(number) AS last FROM kept");
      expect(rows[0].count).toBeGreaterThanOrEqual(acknowledged);
      expect(rows[0].last ?? 0).toBe(rows[0].count);
      acknowledged = rows[0].count;
      setTimeout(() => child.kill("SIGKILL"), 100 + round * 130);
      try {
        for (;;) {
          await client.query("INSERT INTO kept VALUES ($1)", [acknowledged + 1]);
          acknowledged += 1;
        }
      } catch {
        // The connection died with the process.
      }
      await ended(child);
    }
    expect(acknowledged).toBeGreaterThan(20);
  }, 240_000);

  it("is alone on its folder, and leaves it when asked to end", async () => {
    const { child } = await startDatabase();
    await expect(startDatabase()).rejects.toThrow("another process is using");
    child.kill("SIGTERM");
    expect(await ended(child)).toBe(0);
    const again = await startDatabase();
    again.child.kill("SIGTERM");
    expect(await ended(again.child)).toBe(0);
  }, 240_000);
});

describe("a damaged folder", () => {
  it.each(["PG_VERSION", "global/pg_control"])(
    "without %s is refused and left as it is",
    async (name) => {
      const file = join(folder, "database", "pglite", name);
      const content = await readFile(file);
      await rm(file);
      await expect(startDatabase()).rejects.toThrow(/is damaged.*Restore a backup/);
      await expect(readFile(file)).rejects.toThrow("ENOENT");
      await writeFile(file, content);
      const { child } = await startDatabase();
      child.kill("SIGTERM");
      expect(await ended(child)).toBe(0);
    },
    60_000,
  );
});

async function startDatabase(): Promise<{ child: ChildProcess; url: string }> {
  const program = [bundled("services/database/main.ts"), "--data", join(folder, "database")];
  const socket = join(folder, databaseSocketName);
  const options = ["--password-file", join(folder, "password"), "--socket", socket];
  const child = spawn(process.execPath, [...program, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  return new Promise((resolve, reject) => {
    child.stdout.once("data", () => resolve({ child, url: databaseUrl(socket, "secret") }));
    child.once("exit", () => reject(new Error(errors)));
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  running.delete(child);
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", resolve));
}
