import { afterAll, expect, it } from "vitest";
import { openPool } from "@/lib/pool";
import { freshDatabase } from "./database";

const { url } = await freshDatabase();
const pool = openPool({ connectionString: url, max: 1 });
afterAll(() => pool.end());

it("a connection that breaks between two queries of whoever holds it ends no process", async () => {
  const client = await pool.connect();
  await client.query("SELECT 1");
  expect(client.emit("error", new Error("terminating connection due to administrator command"))).toBe(true);
  client.release(true);
  expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});
