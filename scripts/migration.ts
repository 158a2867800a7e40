/*
 * npx tsx scripts/migration.ts NAME | --check
 *
 * Writes prisma/migrations/<timestamp>_NAME/migration.sql: the SQL that takes a database with all migrations so
 * far to what prisma/schema/*.prisma says now. Change the .prisma files first, run this, read the SQL (add to
 * it what Prisma cannot express: checks, triggers), then commit both. A migration once applied is never edited.
 * With --check nothing is written, and the exit code is 1 when a migration is wanting.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import * as schemaEngine from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { QueryResult } from "pg";
import { readMigrations } from "../prisma/migrate";
import { extensions } from "../services/database/pglite";
import { DatabaseServer } from "../services/database/server";

const schemaFolder = resolve("prisma/schema");
const migrationsFolder = resolve("prisma/migrations");
const oidOfChar = 18;
const oidOfText = 25;

const [argument] = process.argv.slice(2);
if (!argument || !/^(--check|[a-z][a-z0-9_]*)$/.test(argument)) {
  console.error("usage: npx tsx scripts/migration.ts NAME | --check    (NAME: lower case, digits, _)");
  process.exit(2);
}

const sql = await difference();
if (sql === null) {
  console.log("The migrations already lead to what the schema says.");
} else if (argument === "--check") {
  console.error(`The schema says more than the migrations do. Missing:\n\n${sql}`);
  process.exitCode = 1;
} else {
  const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(migrationsFolder, `${timestamp}_${argument}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), sql);
  console.log(`${join(folder, "migration.sql")}\n\n${sql}`);
}

/** SQL from the migrations to the schema, or null where there is no difference. */
async function difference(): Promise<string | null> {
  // The engine applies the migrations to a shadow database to see what they lead to: one in memory is enough.
  const database = await PGlite.create({ extensions });
  const server = await DatabaseServer.start({
    database,
    password: "shadow",
    onFailure(error) {
      throw error;
    },
  });
  try {
    const factory = shadowFactory(server.url);
    const engine = await startEngine(factory);
    const migrations = await readMigrations(migrationsFolder);
    const result = await engine.diff({
      from: {
        tag: "migrations",
        baseDir: migrationsFolder,
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
        })),
      },
      to: { tag: "schemaDatamodel", files: await readSchema() },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 2 ? (result.stdout ?? "") : null;
  } finally {
    await server.stop();
    await database.close();
  }
}

async function readSchema(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(schemaFolder)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: join(schemaFolder, name),
      content: await readFile(join(schemaFolder, name), "utf8"),
    })),
  );
}

/**
 * PGlite has one database, so the shadow is that one. A script goes whole, since functions hold semicolons.
 * The catalogue's "char" columns, which the adapter does not know, must reach the engine as one character.
 */
function shadowFactory(connectionString: string) {
  const factory = new PrismaPg({ connectionString, max: 1 });
  const connect = async (): Promise<SqlDriverAdapter> => {
    const adapter = await factory.connect();
    const client = adapter.underlyingDriver();
    const script = client.query.bind(client);
    adapter.executeScript = async (sql) => void (await script(sql));
    const query = client.query.bind(client) as (config: unknown) => Promise<QueryResult>;
    let characters: number[] = [];
    Object.assign(client, {
      query: async (config: unknown) => {
        const result = await query(config);
        characters = result.fields.flatMap((field, index) => (field.dataTypeID === oidOfChar ? [index] : []));
        for (const index of characters) Object.assign(result.fields[index] ?? {}, { dataTypeID: oidOfText });
        return result;
      },
    });
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      for (const index of characters) {
        result.columnTypes[index] = ColumnTypeEnum.Character;
        for (const row of result.rows) row[index] ||= "\0";
      }
      return result;
    };
    return adapter;
  };
  return bindMigrationAwareSqlAdapterFactory({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: connect,
  });
}

async function startEngine(factory: object): Promise<schemaEngine.SchemaEngine> {
  const file = new URL(import.meta.resolve("@prisma/schema-engine-wasm")).href.replace(
    /schema_engine\.js$/,
    "schema_engine_bg.wasm",
  );
  const module = await WebAssembly.compile(await readFile(new URL(file)));
  const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": { ...schemaEngine } });
  schemaEngine.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return schemaEngine.SchemaEngine.new({ datamodels: undefined }, () => {}, factory);
}
