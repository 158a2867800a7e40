/*
 * npm run projection -- rebuild [--check]
 *
 * Builds the tables of the projection again from block 0. With --check they are made beside the live ones and compared
 * with them byte by byte (exit code 1 where they differ); without it they take their place.
 * For a Co-City that is running: the one of COCITY_DATA, or what DATABASE_URL, LEDGER_CONNECTION and KEY_ENCRYPTION_KEY name.
 */
import { parseArgs } from "node:util";
import { Pool } from "pg";
import { openLedgerAccess } from "@/ledger/client/process";
import { checkRebuild, rebuild } from "@/ledger/client/projection/rebuild";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { describeRunning } from "./data/running";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { check: { type: "boolean" } },
});
if (positionals.length !== 1 || positionals[0] !== "rebuild") {
  console.error("usage: npm run projection -- rebuild [--check]");
  process.exit(2);
}
try {
  await describeRunning(env.COCITY_DATA, ["KEY_ENCRYPTION_KEY"]);
  process.exitCode = await run(values.check === true);
} catch (error) {
  console.error(`The tables could not be built: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function run(check: boolean): Promise<number> {
  const pool = new Pool({ connectionString: env.DATABASE_URL, max: 1 });
  const { gateway } = await openLedgerAccess(env.LEDGER_CONNECTION, db);
  const options = { gateway, pool, signal: new AbortController().signal, onProgress: showProgress };
  try {
    if (!check) {
      console.log(`The tables were built again from ${await rebuild(options)} blocks and are in place.`);
      return 0;
    }
    const { height, rows, difference } = await checkRebuild(options);
    if (difference === undefined) {
      console.log(
        `The tables are what the ledger's ${height} blocks say: ${rows} rows compared, all the same.`,
      );
      return 0;
    }
    console.error(`The tables are not what the ledger's ${height} blocks say: ${difference}`);
    return 1;
  } finally {
    gateway.close();
    await Promise.all([pool.end(), db.$disconnect()]);
  }
}

function showProgress(height: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${height} of ${of} blocks`);
}
