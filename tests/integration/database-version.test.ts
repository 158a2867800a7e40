import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DatabaseVersion } from "@/services/site/database-version";
import { freshDatabase } from "./database";

const { url } = await freshDatabase();
const changes = new DatabaseVersion(url);
const client = new Client({ connectionString: url });

beforeAll(async () => {
  await client.connect();
  await client.query("CREATE TABLE noted (text text)");
});
afterAll(() => Promise.all([client.end(), changes.close()]));

describe("what tells that something was written", () => {
  it("stays through questions", async () => {
    const before = await changes.now();
    await client.query("SELECT * FROM noted");
    expect(await changes.now()).toBe(before);
  });

  it.each([
    "INSERT INTO noted VALUES ('a')",
    "UPDATE noted SET text = 'b'",
    "DELETE FROM noted",
    "TRUNCATE noted",
  ])("moves on with %s", async (statement) => {
    const before = await changes.now();
    await client.query(statement);
    expect(await changes.now()).not.toBe(before);
  });

  it("moves on when a transaction is committed", async () => {
    await client.query("BEGIN");
    await client.query("INSERT INTO noted VALUES ('c')");
    await client.query("COMMIT");
    const after = await changes.now();
    await client.query("INSERT INTO noted VALUES ('d')");
    expect(await changes.now()).not.toBe(after);
  });

  it("is one answer for many who ask at once, and never an older one than the question", async () => {
    const first = changes.now();
    await client.query("INSERT INTO noted VALUES ('e')");
    const written = await changes.now();
    expect(await Promise.all([changes.now(), changes.now(), changes.now()])).toEqual([
      written,
      written,
      written,
    ]);
    await first;
    await client.query("INSERT INTO noted VALUES ('f')");
    expect(await changes.now()).not.toBe(written);
  });
});
