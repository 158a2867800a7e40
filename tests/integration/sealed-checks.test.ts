/** Checks after the closing are counted in public, for their own round, and not before there is a list to check in. */
import { beforeAll, expect, it } from "vitest";
import { City } from "@/chaincode/testing/city";
import { torino } from "@/chaincode/testing/people";
import { id, withSealedOpen, withSealedPublished } from "@/chaincode/testing/sealed-story";
import { freshDatabase } from "./database";

const { db } = await freshDatabase();
const { countCheck } = await import("@/features/sealed-voting/checks-service");
const { checkCountsOf } = await import("@/features/sealed-voting/checks-queries");

async function show(city: City): Promise<void> {
  const record = city.record("sealing", id);
  await db.chainSealing.deleteMany();
  await db.chainSealing.create({
    data: {
      ...{ municipality: torino, id, call: record.call, announcedOn: record.announcedOn },
      ...{ state: record.state, record: record as never },
      ...{ transactionId: "0".repeat(64), block: 7n },
    },
  });
}

beforeAll(async () => show(await City.after(withSealedOpen)), 120_000);

it("none is counted while ballots are cast", async () => {
  await expect(countCheck(torino, id, "stands")).rejects.toMatchObject({ code: "round_not_found" });
  expect(await checkCountsOf(torino, id)).toEqual({ made: 0, absent: 0, void: 0, differs: 0 });
});

it("each is counted once it is closed; a report of another choice is no further check", async () => {
  await show(await City.after(withSealedPublished));
  await Promise.all(Array.from({ length: 7 }, () => countCheck(torino, id, "stands")));
  for (const found of ["absent", "void", "differs"] as const) await countCheck(torino, id, found);
  expect(await checkCountsOf(torino, id)).toEqual({ made: 9, absent: 1, void: 1, differs: 1 });
  await expect(countCheck("001001", id, "stands")).rejects.toMatchObject({ code: "round_not_found" });
  expect(await checkCountsOf("001001", id)).toEqual({ made: 0, absent: 0, void: 0, differs: 0 });
});
