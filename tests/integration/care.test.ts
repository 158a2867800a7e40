import { expect, it } from "vitest";
import { careOf } from "@/features/commons/care-queries";
import { freshDatabase } from "./database";

const { db } = await freshDatabase();
const municipality = "001272";
const hash = "0".repeat(64);
const written = { municipality, transactionId: hash };
const days = { startsOn: "2026-05-15", endsOn: "2029-05-14" };

async function pact(id: string, commons: string, state: string, block: bigint): Promise<void> {
  const parties = [
    { id: "comune", organisation: "Comune", name: "Comune di Torino" },
    { id: "group", subject: "s", name: `Gruppo ${id}` },
  ];
  await db.pact.create({
    data: {
      ...{ municipality, id, slug: id, proposal: "p", commons, title: id, form: "ordinary" },
      ...{ parties, ...days, createdBy: "x" },
    },
  });
  await db.chainPact.create({
    data: {
      ...{ ...written, ...days, id, proposal: "p", commons, form: "ordinary", state, version: 1, block },
      documentHash: hash,
      record: { parties: parties.map(({ name: _, ...party }) => party) },
    },
  });
}

async function commitment(id: string, of: string, cents: readonly [bigint, bigint, bigint]): Promise<void> {
  const [amountCents, acceptedCents, paidCents] = cents;
  await db.chainCommitment.create({
    data: {
      ...{ ...written, id, line: "l", proposal: "p", commons: "c", pact: of, beneficiary: "x", payee: "x" },
      ...{ type: "goods", amountCents, acceptedCents, paidCents, plannedCents: amountCents },
      ...{ committedOn: "2026-06-01", fictional: true, record: {}, block: 1n },
    },
  });
}

it("of a commons is the latest pact in force, those who care for it with the Comune, and the money of that pact", async () => {
  await pact("old", "c", "ended", 1n);
  await pact("now", "c", "active", 2n);
  await pact("draft", "c", "draft", 3n);
  await commitment("1", "now", [5000n, 3000n, 1000n]);
  await commitment("2", "now", [2000n, 0n, 0n]);
  await commitment("3", "old", [9000n, 9000n, 9000n]);
  expect(await careOf(municipality, "c")).toEqual({
    ...{ pact: { slug: "now", title: "now" }, names: ["Gruppo now"], endsOn: "2029-05-14" },
    money: { committedCents: 7000n, acceptedCents: 3000n, paidCents: 1000n, fictional: true },
  });
});

it("has no money where nothing is committed, and is nothing where no pact is in force or in another municipality", async () => {
  await pact("without", "d", "signed", 4n);
  expect((await careOf(municipality, "d"))?.money).toBeUndefined();
  await pact("over", "e", "withdrawn", 5n);
  expect(await careOf(municipality, "e")).toBeUndefined();
  expect(await careOf("001001", "c")).toBeUndefined();
});
