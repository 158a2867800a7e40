import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isGiven, type Variable } from "@/lib/env";
import { controlFile, controlSchema } from "@/services/supervisor/control";

/** Lets code under test in this process reach the database, the ledger and the files of the running site. */
export async function shareEnvironment(site: { origin: string; data: string }): Promise<void> {
  const folder = site.data;
  const { databaseUrl } = controlSchema.parse(JSON.parse(await readFile(controlFile(folder), "utf8")));
  const secret = async (name: string) => (await readFile(join(folder, "secrets", name), "utf8")).trim();
  const shared: Partial<Record<Variable, string>> = {
    DATABASE_URL: databaseUrl,
    ...(!isGiven("DATABASE_URL") && { DATABASE_KIND: "pglite" }),
    COCITY_DATA: folder,
    ORIGIN: site.origin,
    KEY_ENCRYPTION_KEY: await secret("key-encryption-key"),
    FISCAL_NUMBER_KEY: await secret("fiscal-number-key"),
    NEXTAUTH_SECRET: await secret("nextauth-secret"),
    ...(!isGiven("LEDGER_CONNECTION") && { LEDGER_CONNECTION: join(folder, "ledger", "connection.json") }),
  };
  Object.assign(process.env, shared);
}
