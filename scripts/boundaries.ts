/*
 * npm run boundaries -- FILE.geojson [--districts-of 001272] [--credit "Comune di Torino, CC BY 4.0"]
 *
 * Imports outlines of municipalities or districts, for the map. A feature with an ISTAT code is a municipality's
 * outline, one with a district's number a district's, of the municipality named by --districts-of. The map shows the
 * credit beside them. They go into the Co-City of COCITY_DATA, running or not, or into the database of DATABASE_URL.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { importBoundaries } from "@/features/municipalities/service";
import { createDatabase } from "@/lib/db";
import { env, isGiven } from "@/lib/env";
import { type OpenDatabase, runningDatabase } from "./data/database";
import { withFolder } from "./data/with-folder";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "districts-of": { type: "string", default: "001272" },
    credit: { type: "string", default: "" },
  },
});
const [file] = positionals;
if (!file) {
  console.error('usage: npm run boundaries -- FILE.geojson [--districts-of ISTAT] [--credit "WHO, LICENCE"]');
  process.exit(2);
}

try {
  await importFile(file);
} catch (error) {
  console.error(`${file}: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

async function importFile(path: string): Promise<void> {
  const content = await readFile(path, "utf8");
  if (isGiven("DATABASE_URL")) return importInto(await runningDatabase(env.COCITY_DATA, undefined), content);
  return withFolder(env.COCITY_DATA, async (control) =>
    importInto(await runningDatabase(env.COCITY_DATA, control), content),
  );
}

async function importInto(database: OpenDatabase, content: string): Promise<void> {
  const db = createDatabase(database.url, isGiven("DATABASE_URL") ? "postgresql" : "pglite");
  try {
    const options = { districtsOf: values["districts-of"], credit: values.credit };
    const { imported, unknown } = await importBoundaries(db, content, options);
    const leftOut = unknown > 0 ? `, ${unknown} of unknown municipalities left out` : "";
    console.log(`${imported} outlines imported${leftOut}`);
  } finally {
    await db.$disconnect();
    await database.close();
  }
}
