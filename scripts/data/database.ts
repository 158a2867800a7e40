import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { env, isGiven } from "@/lib/env";
import { lockFolder } from "@/services/database/lock";
import { openDatabase } from "@/services/database/pglite";
import { DatabaseServer } from "@/services/database/server";
import type { Control } from "../../services/supervisor/control";
import { openSockets } from "../../services/supervisor/sockets";

export type OpenDatabase = { url: string; close(): Promise<void> };

/** The database of a data folder: the environment's, the running Co-City's, or the folder's own, opened here. */
export async function runningDatabase(folder: string, control: Control | undefined): Promise<OpenDatabase> {
  if (isGiven("DATABASE_URL")) return { url: env.DATABASE_URL, close: async () => undefined };
  if (control) return { url: control.databaseUrl, close: async () => undefined };
  return ownDatabase(folder);
}

/** The embedded database of a folder on which no Co-City runs. */
export async function ownDatabase(folder: string): Promise<OpenDatabase> {
  const password = (await readFile(join(folder, "secrets", "database-password"), "utf8")).trim();
  await mkdir(join(folder, "database"), { recursive: true, mode: 0o700 });
  const lock = await lockFolder(join(folder, "database", "lock"));
  const database = await openDatabase(join(folder, "database", "pglite"));
  const sockets = await openSockets(folder);
  const server = await DatabaseServer.start({
    database,
    password,
    socket: sockets.database,
    onFailure(error) {
      throw error;
    },
  });
  return {
    url: server.url,
    async close() {
      await server.stop();
      await database.close();
      await sockets.remove();
      await lock.release();
    },
  };
}
