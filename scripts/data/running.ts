import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isGiven, type Variable } from "@/lib/env";
import { readControl } from "./pause";

/** Gives this process what its environment does not name of the Co-City that runs on the data folder. */
export async function describeRunning(folder: string): Promise<void> {
  const given = process.env;
  if (!isGiven("DATABASE_URL")) {
    const { databaseUrl } = await readControl(folder);
    Object.assign(given, { DATABASE_URL: databaseUrl, DATABASE_KIND: "pglite" });
  }
  if (!isGiven("LEDGER_CONNECTION")) given.LEDGER_CONNECTION = join(folder, "ledger", "connection.json");
  const secrets: Partial<Record<Variable, string>> = {
    KEY_ENCRYPTION_KEY: "key-encryption-key",
    FISCAL_NUMBER_KEY: "fiscal-number-key",
  };
  for (const [name, file] of Object.entries(secrets) as [Variable, string][])
    if (!isGiven(name))
      Object.assign(given, { [name]: (await readFile(join(folder, "secrets", file), "utf8")).trim() });
}
