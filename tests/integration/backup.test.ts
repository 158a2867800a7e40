import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dumpTables, holdOutbox } from "@/scripts/data/dump";
import { loadDump } from "@/scripts/data/load";
import { freshDatabase } from "./database";

const { url } = await freshDatabase();
const other = await freshDatabase();

let folder: string;
const [client, target] = [new Client({ connectionString: url }), new Client({ connectionString: other.url })];

/** Beside real tables: one of every kind of value that loses something on careless ways. */
const difficult = `
  CREATE TABLE parent (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, next int REFERENCES parent (id));
  CREATE TABLE "Every ""kind""" (
    id bigserial PRIMARY KEY, parent int NOT NULL REFERENCES parent (id), amount numeric(30, 10), ratio float8,
    at timestamptz, bytes bytea, document jsonb, tags text[], code char(6), text text,
    twice int GENERATED ALWAYS AS (parent * 2) STORED
  );
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''a trigger ran''; END';
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-dump-"));
  await Promise.all([client.connect(), target.connect()]);
  for (const one of [client, target]) await one.query(difficult);
  await client.query(`
    INSERT INTO parent (next) VALUES (NULL), (1); UPDATE parent SET next = 2 WHERE id = 1;
    INSERT INTO "Every ""kind""" (parent, amount, ratio, at, bytes, document, tags, code, text) VALUES
      (1, 12345678901234567890.0123456789, 0.1, '2026-10-25 02:30:00.123456+02', '\\x00ff27', 'null', '{a,"b,c",NULL}', '001272', E'line\\nbreak "quoted" \\\\ è 🏛'),
      (2, NULL, 'NaN', 'infinity', '', NULL, '{}', NULL, '');
    INSERT INTO "Every ""kind""" (parent, text) SELECT 1, 'row ' || n FROM generate_series(1, 2500) AS n;
  `);
  await target.query('CREATE TRIGGER refuse BEFORE INSERT ON "Every ""kind""" EXECUTE FUNCTION refuse()');
});

afterAll(async () => {
  await Promise.all([client.end(), target.end()]);
  await rm(folder, { recursive: true });
});

describe("a dump of the database", () => {
  it("comes back row by row as it was, with keys, triggers and sequences in force", async () => {
    const [first, second] = [join(folder, "first"), join(folder, "second")];
    const counts = await dump(client, first);
    expect(counts['public."Every ""kind"""']).toBe(2502);
    expect(await loadDump(target, first)).toEqual(counts);
    await dump(target, second);
    expect(await readFile(second, "utf8")).toBe(await readFile(first, "utf8"));
    await expect(target.query('INSERT INTO "Every ""kind""" (parent) VALUES (1)')).rejects.toThrow(
      "a trigger ran",
    );
    await target.query('DROP TRIGGER refuse ON "Every ""kind"""');
    await expect(target.query('INSERT INTO "Every ""kind""" (parent) VALUES (99)')).rejects.toThrow(
      "foreign key",
    );
    const { rows } = await target.query("INSERT INTO parent (next) VALUES (1) RETURNING id");
    expect(rows).toEqual([{ id: 3 }]);
  });

  it("that breaks a foreign key changes nothing", async () => {
    const file = join(folder, "broken");
    const whole = await readFile(join(folder, "first"), "utf8");
    await writeFile(file, whole.replace(/^\["1","2"\]\n/m, ""));
    const before = await target.query("SELECT count(*) FROM parent");
    await expect(loadDump(target, file)).rejects.toThrow("foreign key");
    await target.query("ROLLBACK");
    expect((await target.query("SELECT count(*) FROM parent")).rows).toEqual(before.rows);
  });
});

async function dump(from: Client, file: string): Promise<Record<string, number>> {
  const { tables, end } = await holdOutbox(from);
  const counts = await dumpTables(from, tables, file);
  await end();
  return counts;
}
