/*
 * Imports outlines of municipalities or districts, for the map:
 *
 *   node --conditions=react-server --import tsx scripts/import-boundaries.ts FILE.geojson
 *        [--districts-of 001272] [--credit "Comune di Torino, CC BY 4.0"]
 *
 * A feature with an ISTAT code is a municipality's outline, one with a district's number a district's, of the
 * municipality named by --districts-of. The map shows the credit beside them. The database is DATABASE_URL's.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { BoundaryFileError } from "@/features/municipalities/boundaries";
import { importBoundaries } from "@/features/municipalities/service";
import { db } from "@/lib/db";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "districts-of": { type: "string", default: "001272" },
    credit: { type: "string", default: "" },
  },
});
const [file] = positionals;
if (!file) {
  console.error('usage: import-boundaries FILE.geojson [--districts-of ISTAT] [--credit "WHO, LICENCE"]');
  process.exit(2);
}

try {
  const options = { districtsOf: values["districts-of"], credit: values.credit };
  const { imported, unknown } = await importBoundaries(db, await readFile(file, "utf8"), options);
  console.log(
    `${imported} outlines imported${unknown > 0 ? `, ${unknown} of unknown municipalities left out` : ""}`,
  );
} catch (error) {
  if (
    !(error instanceof BoundaryFileError) &&
    !(error instanceof Error && "code" in error && error.code === "ENOENT")
  )
    throw error;
  console.error(`${file}: ${error.message}`);
  process.exitCode = 2;
} finally {
  await db.$disconnect();
}
