import { describe, expect, it } from "vitest";
import { db as applicationDatabase, brokenUniqueIndex } from "@/lib/db";
import { migrate, readMigrations } from "@/prisma/migrate";
import { freshDatabase } from "./database";

const { url, db } = await freshDatabase();

const torino = { istatCode: "001272", slug: "torino", name: "Torino", lat: 45.07, lon: 7.69 };

describe("the database of the application", () => {
  it("is what lib/db.ts connects to", async () => {
    await db.municipality.create({ data: torino });
    expect(await applicationDatabase.municipality.findUnique({ where: { slug: "torino" } })).toMatchObject({
      name: "Torino",
      active: false,
      settings: {},
    });
  });

  it("names the constraint that a row breaks", async () => {
    const second = db.municipality.create({ data: { ...torino, istatCode: "001273" } });
    const error = await second.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(brokenUniqueIndex(error)).toBe("Municipality_slug_key");
  });

  it("undoes a transaction that fails", async () => {
    const failing = db.$transaction(async (tx) => {
      await tx.municipality.create({ data: { ...torino, istatCode: "001008", slug: "alpignano" } });
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    expect(await db.municipality.findUnique({ where: { istatCode: "001008" } })).toBeNull();
  });
});

describe("migrations", () => {
  it("have nothing left to do on a migrated database", async () => {
    expect(await migrate(url)).toEqual([]);
  });

  it("apply a new one whole or not at all", async () => {
    const known = await readMigrations();
    const broken = {
      name: "99990101000000_broken",
      sql: 'CREATE TABLE "Half" (id int); SELECT nope',
      checksum: "0",
    };
    await expect(migrate(url, [...known, broken])).rejects.toThrow("99990101000000_broken failed");
    const whole = { ...broken, sql: 'CREATE TABLE "Half" (id int)', checksum: "1" };
    expect(await migrate(url, [...known, whole])).toEqual(["99990101000000_broken"]);
    await expect(migrate(url, [...known, { ...whole, checksum: "2" }])).rejects.toThrow("was changed after");
    await expect(migrate(url)).rejects.toThrow("made by a later version");
  });
});
