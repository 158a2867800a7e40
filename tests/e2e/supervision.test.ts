import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { freePorts } from "@/scripts/start/ports";

const { origin, data, supervisor, ledger } = inject("site");

const healthSchema = z.object({
  ledger: z.literal(ledger),
  height: z.number().int().positive(),
  projectionHeight: z.number().int().positive(),
  outbox: z.number().int().nonnegative(),
  database: z.literal("pglite"),
});

describe("a running Co-City", () => {
  it("says how it is", async () => {
    const health = await eventually(readHealth);
    expect(health.projectionHeight).toBeLessThanOrEqual(health.height);
  });

  it("has each of its processes back after kill -9, with all that was there", async () => {
    const before = await eventually(readHealth);
    // A Fabric network has a supervisor of its own.
    const ledgers = ledger === "embedded" ? ["ledger/peer/main.ts"] : [];
    const programs = ["lib/database/main.ts", ...ledgers, "ledger/worker.ts", "scripts/site.ts"];
    for (const program of [...programs, "scripts/identity-provider.ts"]) {
      const killed = await eventually(() => processOf(program));
      process.kill(killed, "SIGKILL");
      const next = await eventually(async () => {
        const found = await processOf(program);
        if (found === killed) throw new Error(`${program} has not been started again`);
        return found;
      });
      expect(next).not.toBe(killed);
    }
    const after = await eventually(readHealth);
    expect(after.height).toBeGreaterThanOrEqual(before.height);
    expect(await eventually(readPage)).toContain("Torino");
  });

  it("does not let another one start on its port or its folder", async () => {
    const samePort = await startAnother({ COCITY_DATA: `${data}-other`, PORT: new URL(origin).port });
    expect(samePort).toEqual({
      code: 1,
      text: expect.stringMatching(/^\s*Port \d+ .* is already in use\..*\s*$/),
    });
    await expect(readdir(`${data}-other`)).rejects.toThrow("ENOENT");
    const { site: port } = await freePorts(["site"]);
    const { code, text } = await startAnother({ COCITY_DATA: data, PORT: String(port) });
    expect(code).toBe(1);
    expect(text).toContain("Another Co-City is already running on the data folder");
    expect(text).not.toMatch(/\n\s+at /);
  });
});

async function readHealth(): Promise<z.infer<typeof healthSchema>> {
  const response = await fetch(`${origin}/api/health`);
  return healthSchema.parse(await response.json());
}

async function readPage(): Promise<string> {
  const response = await fetch(`${origin}/torino`);
  if (!response.ok) throw new Error(`the page answered ${response.status}`);
  return response.text();
}

/** Tries until it does not throw any more. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + 90_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(200);
    }
  }
}

/** The child of the supervisor that runs a program. */
async function processOf(program: string): Promise<number> {
  const children = await readFile(`/proc/${supervisor}/task/${supervisor}/children`, "utf8");
  for (const id of children.split(" ").filter(Boolean)) {
    const command = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
    if (command.split("\0").includes(program)) return Number(id);
  }
  throw new Error(`no process runs ${program}`);
}

async function startAnother(
  environment: Record<string, string>,
): Promise<{ code: number | null; text: string }> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/start.ts"],
    {
      env: { ...process.env, LANG: "en", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, text };
}
