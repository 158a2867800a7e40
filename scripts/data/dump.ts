import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Client } from "pg";

/**
 * Database dumps of our own: one line of JSON a table description, one a row, each value as PostgreSQL writes it
 * as text. They need no program of PostgreSQL and go from PGlite to PostgreSQL and back.
 */
export type TableLine = { table: string; columns: string[] };
export type SequenceLine = { sequence: string; value: string | null };
export type RowLine = (string | null)[];

/** As in `prisma/schema/main.prisma`: the application's tables, and what is shown of the ledger. */
export const schemas = ["public", "chain"];

const rowsAtOnce = 500;

/**
 * Begins a transaction that sees the database as of one moment and lets no new transaction leave for the ledger
 * until `end`: the outbox stores a signed envelope before it submits it, and here it cannot. (On PGlite, which
 * has one session, everybody waits.) The lock is taken first, since a transaction's view begins after it.
 */
export async function holdOutbox(client: Client): Promise<{ tables: string[]; end(): Promise<void> }> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  await client.query('LOCK TABLE "OutboxSubmission" IN EXCLUSIVE MODE');
  const tables = await tableNames(client);
  return { tables, end: async () => void (await client.query("COMMIT")) };
}

/** Writes every table and sequence into a file. Returns how many rows each table has. */
export async function dumpTables(
  client: Client,
  tables: readonly string[],
  file: string,
): Promise<Record<string, number>> {
  const stream = createWriteStream(file, { mode: 0o600 });
  const write = async (line: TableLine | SequenceLine | RowLine) => {
    if (!stream.write(`${JSON.stringify(line)}\n`)) await once(stream, "drain");
  };
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const columns = await columnNames(client, table);
    await write({ table, columns });
    const texts = columns.map((column) => `${quote(column)}::text`).join(", ");
    await client.query(`DECLARE dump NO SCROLL CURSOR FOR SELECT ${texts} FROM ${table}`);
    let count = 0;
    for (;;) {
      const { rows } = await client.query<RowLine>({
        text: `FETCH ${rowsAtOnce} FROM dump`,
        rowMode: "array",
      });
      for (const row of rows) await write(row);
      count += rows.length;
      if (rows.length < rowsAtOnce) break;
    }
    await client.query("CLOSE dump");
    counts[table] = count;
  }
  for (const { sequence, value } of await sequences(client)) await write({ sequence, value });
  stream.end();
  await once(stream, "finish");
  return counts;
}

/** Their names, quoted; the migrations' is among them. */
export async function tableNames(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = ANY ($1) ORDER BY 1`,
    [schemas],
  );
  return rows.map(({ name }) => name);
}

async function columnNames(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

async function sequences(client: Client): Promise<SequenceLine[]> {
  const { rows } = await client.query<SequenceLine>(
    `SELECT format('%I.%I', schemaname, sequencename) AS sequence, last_value::text AS value FROM pg_sequences
     WHERE schemaname = ANY ($1) ORDER BY 1`,
    [schemas],
  );
  return rows;
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
