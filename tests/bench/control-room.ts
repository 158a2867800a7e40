import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { linkMoney } from "@/ledger/client/projection/money";
import { migrate } from "@/prisma/migrate";
import { extensions } from "@/services/database/pglite";
import { DatabaseServer } from "@/services/database/server";

export const needs = "contracts";

const times = 30;

/**
 * Everything that the control room asks the database for one page, of 5,000 payments, 300 pacts and six years: views by
 * turns, as of today and of days long past. Nothing is kept from one page to the next.
 */
export default async function measureControlRoom(): Promise<object> {
  const database = await PGlite.create({ extensions });
  const server = await DatabaseServer.start({
    ...{ database, password: randomBytes(16).toString("hex") },
    onFailure(error) {
      throw error;
    },
  });
  Object.assign(process.env, { DATABASE_URL: server.url, DATABASE_KIND: "pglite" });
  process.env.LEDGER_CONNECTION ??= "none";
  try {
    await migrate(server.url);
    await database.exec(await readFile("tests/bench/control-room/city.sql", "utf8"));
    const { rows } = await database.query<{ id: string }>(
      `SELECT DISTINCT "recordId" AS id FROM chain.money`,
    );
    await linkMoney(
      database,
      "chain.money",
      rows.map(({ id }) => id),
    );
    await database.exec("ANALYZE");
    const { askPage, closeDatabase } = await import("./control-room/page");
    const views: Record<string, string>[] = [
      ...[{}, { per: "district" }, { per: "commons" }, { per: "payee" }, { per: "state" }],
      ...[{ anno: "2024" }, { circoscrizione: "3" }, { stato: "paid" }, { al: "2023-06-30" }],
      { al: "2025-12-31", per: "fund" },
    ];
    const results: Record<string, object> = {};
    const every: number[] = [];
    for (const view of views) {
      await askPage("001272", view);
      const durations: number[] = [];
      for (let turn = 0; turn < times; turn += 1) {
        const started = performance.now();
        await askPage("001272", view);
        durations.push(performance.now() - started);
      }
      every.push(...durations);
      results[JSON.stringify(view)] = spread(durations);
    }
    await closeDatabase();
    return { ...results, all: spread(every) };
  } finally {
    await server.stop();
    await database.close();
  }
}

function spread(durations: readonly number[]): object {
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.floor(sorted.length * part)] ?? Number.NaN);
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
