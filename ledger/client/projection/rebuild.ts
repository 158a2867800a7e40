import type { ClientBase, Pool, PoolClient } from "pg";
import type { LedgerGateway } from "../gateway";
import { verifiedBlocks } from "./follow";
import { rowsOf, tables } from "./rows";
import {
  createTables,
  dropTables,
  insertRows,
  liveSchema,
  lockWriters,
  name,
  readEnd,
  replaceLive,
  writeRows,
} from "./tables";

/** The tables a rebuild makes, beside the live ones. */
const besideSchema = "chain_rebuilt";
const rowsAtOnce = 1000;

export interface RebuildReport {
  /** Blocks that both hold. */
  readonly height: number;
  /** Rows that were compared. */
  readonly rows: number;
  /** The first row that differs, in words; undefined where every byte is the same. */
  readonly difference?: string;
}

export interface RebuildOptions {
  readonly gateway: LedgerGateway;
  readonly pool: Pool;
  readonly signal: AbortSignal;
  readonly onProgress?: (height: number, of: number) => void;
}

/**
 * Builds the tables again from block 0, in a schema of their own, and compares them with the live ones row by row in key
 * order. The live ones go on being written meanwhile and stand still only for the comparison.
 */
export async function checkRebuild(options: RebuildOptions): Promise<RebuildReport> {
  return rebuildBeside(options, async (client, height) => compare(client, height));
}

/** Builds the tables again from block 0 and puts them in the place of the live ones. @returns the height they have */
export async function rebuild(options: RebuildOptions): Promise<number> {
  return rebuildBeside(options, async (client, height) => {
    await replaceLive(client, besideSchema);
    return height;
  });
}

/**
 * Builds up to the live tables' height and then, with writers locked out, does the rest of the way and `last`, in one
 * transaction.
 */
async function rebuildBeside<T>(
  options: RebuildOptions,
  last: (client: PoolClient, height: number) => Promise<T>,
): Promise<T> {
  const client = await options.pool.connect();
  try {
    await createTables(client, besideSchema);
    const { height } = await readEnd(client, liveSchema);
    await build(options, client, height);
    await client.query("BEGIN");
    try {
      await lockWriters(client);
      const live = await readEnd(client, liveSchema);
      await buildWithin(options, client, live.height);
      const result = await last(client, live.height);
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  } finally {
    await dropTables(client, besideSchema).catch(() => undefined);
    client.release();
  }
}

async function build({ gateway, signal, onProgress }: RebuildOptions, client: ClientBase, to: number) {
  const end = await readEnd(client, besideSchema);
  for await (const blocks of verifiedBlocks(gateway, end, signal, to)) {
    const rows = rowsOf(blocks, gateway.connection.chaincode);
    await writeRows(client, besideSchema, { from: blocks[0].number, rows });
    onProgress?.(blocks[0].number + blocks.length, to);
  }
}

/** The same inside the caller's transaction: what came while the rest was built. */
async function buildWithin({ gateway, signal }: RebuildOptions, client: ClientBase, to: number) {
  const end = await readEnd(client, besideSchema);
  for await (const blocks of verifiedBlocks(gateway, end, signal, to))
    await insertRows(client, besideSchema, rowsOf(blocks, gateway.connection.chaincode));
}

async function compare(client: ClientBase, height: number): Promise<RebuildReport> {
  let rows = 0;
  for (const { name: table, key } of tables) {
    const live = dump(client, liveSchema, table, key);
    const beside = dump(client, besideSchema, table, key);
    for (;;) {
      const [left, right] = [(await live.next()).value, (await beside.next()).value];
      if (left === undefined && right === undefined) break;
      if (left?.row !== right?.row) return { height, rows, difference: describe(table, left, right) };
      rows += 1;
    }
  }
  return { height, rows };
}

type DumpedRow = { readonly key: string; readonly row: string };

/** Rows as PostgreSQL writes them, in the byte order of their keys. Needs the caller's transaction. */
async function* dump(
  client: ClientBase,
  schema: string,
  table: string,
  key: readonly string[],
): AsyncGenerator<DumpedRow, undefined> {
  const cursor = `dump_${schema}`;
  const parts = key.map((column) => `"${column}"::text COLLATE "C"`).join(", ");
  await client.query(
    `DECLARE ${cursor} NO SCROLL CURSOR FOR
     SELECT concat_ws(chr(31), ${parts}) AS key, t::text AS row FROM ${name(schema, table)} AS t ORDER BY ${parts}`,
  );
  try {
    for (;;) {
      const { rows } = await client.query<DumpedRow>(`FETCH ${rowsAtOnce} FROM ${cursor}`);
      yield* rows;
      if (rows.length < rowsAtOnce) return undefined;
    }
  } finally {
    await client.query(`CLOSE ${cursor}`);
  }
}

function describe(table: string, live: DumpedRow | undefined, rebuilt: DumpedRow | undefined): string {
  if (rebuilt && (!live || live.key > rebuilt.key))
    return `table ${table}: a row of the ledger is missing: ${shorten(rebuilt.row)}`;
  if (live && (!rebuilt || live.key < rebuilt.key))
    return `table ${table}: a row does not come from the ledger: ${shorten(live.row)}`;
  return `table ${table}: a row is ${shorten(live?.row)} but the ledger gives ${shorten(rebuilt?.row)}`;
}

function shorten(row: string | undefined): string {
  return row && row.length > 300 ? `${row.slice(0, 300)}…` : (row ?? "");
}
