import { spawn } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, inject, it } from "vitest";
import { z } from "zod";
import type { ProgramSource } from "@/lib/programs";
import { freePort } from "../free-port";
import { processOf } from "../processes";

const { origin, signerOrigin, data, supervisor, ledger } = inject("site");

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

  it("tells each of its processes the secrets it needs and no other", async () => {
    const secrets = [
      "OIDC_CLIENT_SECRET",
      "NEXTAUTH_SECRET",
      "KEY_ENCRYPTION_KEY",
      "FISCAL_NUMBER_KEY",
      "DATABASE_URL",
      "SIGNER_FOLDER",
      "SIGNER_SOCKET",
    ];
    const told: Partial<Record<ProgramSource, string[]>> = {
      "services/site/main.ts": secrets.filter((name) => !name.startsWith("SIGNER_")),
      "services/signer/main.ts": ["SIGNER_FOLDER", "SIGNER_SOCKET"],
      "services/identity-provider/main.ts": ["OIDC_CLIENT_SECRET"],
      "services/worker.ts": ["KEY_ENCRYPTION_KEY", "DATABASE_URL"],
      "services/housekeeping.ts": ["KEY_ENCRYPTION_KEY", "DATABASE_URL"],
      "services/database/main.ts": [],
      ...(ledger === "embedded" && { "ledger/embedded/main.ts": [] }),
    };
    const values = new Map<string, string>();
    for (const [program, expected] of Object.entries(told) as [ProgramSource, string[]][]) {
      const text = await readFile(
        `/proc/${await eventually(() => processOf(supervisor, program))}/environ`,
        "utf8",
      );
      const environment = new Map(
        text
          .split("\0")
          .map((line): [string, string] => [line.split("=", 1)[0] ?? "", line.replace(/^[^=]*=/, "")]),
      );
      expect(secrets.filter((name) => environment.has(name)).sort(), program).toEqual([...expected].sort());
      for (const name of expected) values.set(name, environment.get(name) ?? "");
      // Nor under another name, or among the arguments.
      const arguments_ = await readFile(`/proc/${await processOf(supervisor, program)}/cmdline`, "utf8");
      for (const [name, value] of values)
        if (!expected.includes(name)) expect(text + arguments_, `${name} ${program}`).not.toContain(value);
        else expect(arguments_, `${name} ${program}`).not.toContain(value);
    }
  });

  it("listens on the site's port, the signer's and the ledger's, and on no other", async () => {
    const children = await readFile(`/proc/${supervisor}/task/${supervisor}/children`, "utf8");
    const ids = [supervisor, ...children.split(" ").filter(Boolean).map(Number)];
    const listening = await Promise.all(ids.map(async (id) => ({ id, ports: await portsOf(id) })));
    const site = await eventually(() => processOf(supervisor, "services/site/main.ts"));
    const ledgerId =
      ledger === "embedded" ? await processOf(supervisor, "ledger/embedded/main.ts") : undefined;
    const signer = await eventually(() => processOf(supervisor, "services/signer/main.ts"));
    expect(listening.find(({ id }) => id === site)?.ports).toEqual([Number(new URL(origin).port)]);
    expect(listening.find(({ id }) => id === signer)?.ports).toEqual([Number(new URL(signerOrigin).port)]);
    const listeners = [site, signer, ledgerId];
    for (const { id, ports } of listening) if (!listeners.includes(id)) expect(ports).toEqual([]);
  });

  it("has each of its processes back after kill -9, with all that was there", async () => {
    const before = await eventually(readHealth);
    // A Fabric network has a supervisor of its own.
    const ledgers = ledger === "embedded" ? (["ledger/embedded/main.ts"] as const) : [];
    const programs = [
      "services/database/main.ts",
      ...ledgers,
      "services/worker.ts",
      "services/site/main.ts",
      "services/signer/main.ts",
    ] as const;
    for (const program of [...programs, "services/identity-provider/main.ts"] as const) {
      const killed = await eventually(() => processOf(supervisor, program));
      process.kill(killed, "SIGKILL");
      const next = await eventually(async () => {
        const found = await processOf(supervisor, program);
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
    const port = await freePort();
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

/** The TCP ports that a process listens on. */
async function portsOf(id: number): Promise<number[]> {
  const files = await readdir(`/proc/${id}/fd`).catch(() => []);
  const links = await Promise.all(files.map((file) => readlink(`/proc/${id}/fd/${file}`).catch(() => "")));
  const own = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/${id}/net/${name}`, "utf8").catch(() => "")),
  );
  return tables
    .flatMap((table) => table.split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === "0A" && own.has(inode ?? ""))
    .map(([, local]) => Number.parseInt(local?.split(":")[1] ?? "", 16));
}

async function startAnother(
  environment: Record<string, string>,
): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ["--conditions=react-server", "scripts/start.ts"], {
    env: { ...process.env, LANG: "en", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, text };
}
