import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runQuietly } from "../services/supervisor/run";

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
    await runQuietly(process.execPath, [join("node_modules", "prisma", "build", "index.js"), "generate"], {
      PRISMA_SCHEMA_ENGINE_BINARY: engine,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await generatePrismaClient();
