import type { ClientBase } from "pg";
import type { ChainEnd } from "../../evidence/chain";
import { linkMoney } from "./money";
import { appendedTables, type Rows, recordKey, tables } from "./rows";

/** The schema of the live tables. A rebuild is made in another one beside it. */
export const liveSchema = "chain";

/** Two writers of one schema wait for each other here. An arbitrary number, the same everywhere. */
const writerLock = 4_120_261_122;

/** Where the tables end: they hold exactly the blocks below `height`. */
export async function readEnd(client: ClientBase, schema: string): Promise<ChainEnd> {
  const { rows } = await client.query<{ number: string; hash: string }>(
    `SELECT number, hash FROM ${name(schema, "block")} ORDER BY number DESC LIMIT 1`,
  );
  const [last] = rows;
  if (!last) return { height: 0, hash: new Uint8Array() };
  return { height: Number(last.number) + 1, hash: Buffer.from(last.hash, "hex") };
}

/** Writes what else follows from blocks, within the transaction of their rows. */
export type Alongside = (client: ClientBase, rows: Rows) => Promise<void>;

/**
 * Writes rows and, with the last block's own row, how far the tables are, in one database transaction.
 * @param from height of the tables before; nothing is written when somebody else has moved on from there
 * @returns whether it wrote
 */
export async function writeRows(
  client: ClientBase,
  schema: string,
  { from, rows, alongside }: { from: number; rows: Rows; alongside?: Alongside | undefined },
): Promise<boolean> {
  await client.query("BEGIN");
  try {
    await lockWriters(client);
    const unmoved = (await readEnd(client, schema)).height === from;
    if (unmoved) {
      await insertRows(client, schema, rows);
      await alongside?.(client, rows);
    }
    await client.query("COMMIT");
    return unmoved;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Keeps all writers of the projection out until the transaction ends. */
export async function lockWriters(client: ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [writerLock]);
}

export async function insertRows(client: ClientBase, schema: string, rows: Rows): Promise<void> {
  for (const [table, added] of rows) {
    if (added.length === 0) continue;
    const target = name(schema, table);
    await client.query(
      `INSERT INTO ${target} SELECT * FROM jsonb_populate_recordset(NULL::${target}, $1::jsonb)
       ${table in appendedTables ? "" : replacing(Object.keys(added[0] ?? {}))}`,
      [JSON.stringify(added)],
    );
    if (table === "money")
      await linkMoney(client, target, [...new Set(added.map((row) => `${row.recordId}`))]);
  }
}

/** Empty tables of the same form as the live ones, in a schema that is made anew. */
export async function createTables(client: ClientBase, schema: string): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE; CREATE SCHEMA "${schema}"`);
  for (const { name: table } of tables)
    await client.query(`CREATE TABLE ${name(schema, table)} (LIKE ${name(liveSchema, table)} INCLUDING ALL)`);
}

export async function dropTables(client: ClientBase, schema: string): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
}

/** Puts the rows of `schema` in the place of the live ones. Part of the caller's transaction. */
export async function replaceLive(client: ClientBase, schema: string): Promise<void> {
  await client.query(`TRUNCATE ${tables.map((table) => name(liveSchema, table.name)).join(", ")}`);
  for (const { name: table } of tables)
    await client.query(`INSERT INTO ${name(liveSchema, table)} SELECT * FROM ${name(schema, table)}`);
}

/** Schema and table names come from this folder alone, never from input. */
export function name(schema: string, table: string): string {
  return `"${schema}"."${table}"`;
}

function replacing(columns: readonly string[]): string {
  const key: readonly string[] = recordKey;
  const changed = columns.filter((column) => !key.includes(column));
  const assignments = changed.map((column) => `"${column}" = EXCLUDED."${column}"`).join(", ");
  return `ON CONFLICT ("${recordKey.join('", "')}") DO UPDATE SET ${assignments}`;
}
