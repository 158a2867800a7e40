import { randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { ordersTable } from "@/features/treasury/order-list";
import { freshDatabase } from "./database";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();
const { ordersOf } = await import("@/features/treasury/order-queries");

const [real, demonstration] = ["001272", "001001"];
const kinds = ["real", "line", "commitment"] as const;

/** A payment of real money, one of an invented line, one of an invented commitment, and one whose number nobody reads. */
beforeAll(async () => {
  for (const municipality of [real, demonstration]) {
    await db.municipality.create({
      data: {
        ...{ istatCode: municipality, slug: municipality, name: municipality, lat: 45, lon: 7, active: true },
        settings: { demo: municipality === demonstration },
      },
    });
    const written = { municipality, record: {}, transactionId: "0".repeat(64), block: 1n };
    await db.chainBudgetLine.createMany({
      data: kinds.map((id) => ({
        ...{ ...written, id, fund: "Fondo", name: id, year: 2026, kind: "current", budgetCents: 1000n },
        ...{ committedCents: 300n, acceptedCents: 300n, paidCents: 0n, fictional: id === "line" },
      })),
    });
    await db.chainCommitment.createMany({
      data: kinds.map((id) => ({
        ...{ ...written, id, line: id, proposal: id, commons: "b", pact: "p", beneficiary: "s", payee: "s" },
        ...{
          type: "contribution",
          amountCents: 300n,
          acceptedCents: 300n,
          paidCents: 0n,
          plannedCents: 300n,
        },
        ...{ committedOn: "2026-01-01", fictional: id === "commitment" },
      })),
    });
    const orders = [...kinds.map((of, n) => [of, String(n + 1)] as const), ["line", "prot. 5"] as const];
    await db.chainPayment.createMany({
      data: orders.map(([of, orderNumber]) => ({
        ...{
          ...written,
          id: orderNumber,
          milestone: "m",
          commitment: of,
          line: of,
          commons: "b",
          payee: "s",
        },
        ...{ amountCents: 300n, recoveredCents: 0n, state: "ordered", requestedOn: "2026-11-01" },
        ...{ orderNumber, orderedOn: "2026-11-02" },
      })),
    });
  }
});

it("asks no treasury for invented money", async () => {
  const { rows, unreadable } = await ordersOf(real, 2026);
  expect(rows.map(({ id, fictional }) => [id, fictional])).toEqual([["1", false]]);
  expect(unreadable).toEqual([]);
});

it("says of a demonstration's orders that they are invented, wherever they are written", async () => {
  const { rows, unreadable } = await ordersOf(demonstration, 2026);
  expect(rows.map(({ id, fictional }) => [id, fictional])).toEqual([
    ["1", false],
    ["2", true],
    ["3", true],
  ]);
  expect(rows.map(({ reason }) => reason.startsWith("DIMOSTRATIVO"))).toEqual([false, true, true]);
  expect(ordersTable(rows).rows.map((row) => row.at(-1))).toEqual(["", "sì", "sì"]);
  expect(unreadable).toHaveLength(1);
});
