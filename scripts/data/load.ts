import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Client } from "pg";
import { quote, type RowLine, type SequenceLine, schemas, type TableLine, tableNames } from "./dump";

const valuesAtOnce = 20_000;

type ForeignKey = { table: string; name: string; definition: string };

/**
 * Fills a database that has the dump's migrations and no rows, in one transaction. Foreign keys are taken off and
 * put back, which checks every row; so the order of tables does not matter.
 */
export async function loadDump(client: Client, file: string): Promise<Record<string, number>> {
  await client.query("BEGIN");
  const tables = await tableNames(client);
  await client.query(`TRUNCATE ${tables.join(", ")}`);
  const keys = await foreignKeys(client);
  for (const { table, name } of keys)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${quote(name)}`);
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  const counts = await insertRows(client, file);
  for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  for (const { table, name, definition } of keys)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${quote(name)} ${definition}`);
  await client.query("COMMIT");
  return counts;
}

async function insertRows(client: Client, file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let current: TableLine | undefined;
  let waiting: RowLine[] = [];
  const flush = async () => {
    if (current && waiting.length > 0) await insert(client, current, waiting);
    waiting = [];
  };
  for await (const text of createInterface(createReadStream(file))) {
    const line = JSON.parse(text) as TableLine | SequenceLine | RowLine;
    if (Array.isArray(line)) {
      if (!current) throw new Error("the dump begins with a row");
      counts[current.table] = (counts[current.table] ?? 0) + 1;
      waiting.push(line);
      if (waiting.length * line.length >= valuesAtOnce) await flush();
    } else if ("table" in line) {
      await flush();
      current = line;
      counts[line.table] = 0;
    } else {
      await flush();
      if (line.value !== null)
        await client.query("SELECT setval($1::regclass, $2::bigint)", [line.sequence, line.value]);
    }
  }
  await flush();
  return counts;
}

async function insert(client: Client, { table, columns }: TableLine, rows: RowLine[]): Promise<void> {
  const values = rows.map(
    (_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(", ")})`,
  );
  const names = columns.map(quote).join(", ");
  await client.query(
    `INSERT INTO ${table} (${names}) OVERRIDING SYSTEM VALUE VALUES ${values.join(", ")}`,
    rows.flat(),
  );
}

async function foreignKeys(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(pg_constraint.oid) AS definition
     FROM pg_constraint JOIN pg_namespace ON pg_namespace.oid = connamespace
     WHERE contype = 'f' AND nspname = ANY ($1)`,
    [schemas],
  );
  return rows;
}
