import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isGiven, type Variable } from "@/lib/env";
import { readControl } from "./pause";

const secretFiles = {
  KEY_ENCRYPTION_KEY: "key-encryption-key",
  FISCAL_NUMBER_KEY: "fiscal-number-key",
} satisfies Partial<Record<Variable, string>>;

/** Gives this process what its environment does not name of the Co-City that runs on the data folder. */
export async function describeRunning(
  folder: string,
  secrets: readonly (keyof typeof secretFiles)[],
): Promise<void> {
  const given = process.env;
  if (!isGiven("DATABASE_URL")) {
    const { databaseUrl } = await readControl(folder);
    Object.assign(given, { DATABASE_URL: databaseUrl, DATABASE_KIND: "pglite" });
  }
  if (!isGiven("LEDGER_CONNECTION")) given.LEDGER_CONNECTION = join(folder, "ledger", "connection.json");
  for (const name of secrets)
    if (!isGiven(name))
      given[name] = (await readFile(join(folder, "secrets", secretFiles[name]), "utf8")).trim();
}
