import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Writes the Prisma client into `generated/prisma`. `prisma generate` wants a schema engine and would download
 * one, though generating never starts it: any executable in its place keeps the command off the network.
 */
export async function generatePrismaClient(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "cocity-generate-"));
  try {
    const engine = join(folder, "schema-engine");
    await writeFile(engine, "#!/bin/sh\nexit 0\n");
    await chmod(engine, 0o700);
    await run(process.execPath, [join("node_modules", "prisma", "build", "index.js"), "generate"], {
      PRISMA_SCHEMA_ENGINE_BINARY: engine,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], extra: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...extra },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`prisma generate ended with ${code}:\n${output}`));
    });
  });
}

if (import.meta.main) await generatePrismaClient();
