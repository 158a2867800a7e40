/*
 * The process that owns the embedded database:
 *
 *   tsx services/database/main.ts --data FOLDER --password-file FILE --socket FILE
 *
 * The socket is called .s.PGSQL.5432. It prints one line of JSON when it serves, {"ready":true}, and ends cleanly on SIGTERM and SIGINT.
 * It takes arguments, not the application's environment, and can be run alone.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lockFolder } from "./lock";
import { DatabaseFolderError, openDatabase } from "./pglite";
import { DatabaseServer } from "./server";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    "password-file": { type: "string" },
    socket: { type: "string" },
  },
});
if (!values.data || !values["password-file"] || !values.socket)
  throw new Error("usage: main.ts --data FOLDER --password-file FILE --socket FILE");

const password = (await readFile(values["password-file"], "utf8")).trim();
await mkdir(values.data, { recursive: true, mode: 0o700 });
const lock = await lockFolder(join(values.data, "lock"));
const database = await openDatabase(join(values.data, "pglite")).catch((error: unknown) => {
  if (!(error instanceof DatabaseFolderError)) throw error;
  console.error(`${error.message}. Restore a backup.`);
  process.exit(1);
});
const server = await DatabaseServer.start({
  database,
  password,
  socket: values.socket,
  onFailure(error) {
    // A supervisor starts the process again, and PostgreSQL recovers from its write-ahead log.
    console.error("the embedded database failed:", error);
    process.exit(1);
  },
});
let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (!stopping) void stop();
    stopping = true;
  });
}

// Whoever reads this may end the process at once: it must be able to end well by then.
console.log(JSON.stringify({ ready: true }));

async function stop(): Promise<void> {
  await server.stop();
  await database.close();
  await lock.release();
  process.exit(0);
}
