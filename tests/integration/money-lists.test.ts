import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { flowsOf } from "@/features/funds/flow-queries";
import { lateIn } from "@/features/funds/late-queries";
import { type PaymentSort, paymentColumns, paymentQuery } from "@/features/funds/payment-list";
import { everyPayment, paymentsOf } from "@/features/funds/payment-list-queries";
import { stoppedMoney } from "@/features/office/stopped-queries";
import { addDays } from "@/protocol/days";
import { freshDatabase } from "./database";
import { dayOf, foundedTorino, project, torino } from "./register-rows";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
vi.stubEnv("ORIGIN", "http://localhost:3000");
const { db } = await freshDatabase();

const DAY = "2026-06-30";
const COUNT = 60;
const salt = "0".repeat(64);
const written = { municipality: torino, record: {}, transactionId: salt, block: 1 };
const id = (kind: string, n: number) => `${kind}-${String(n).padStart(2, "0")}`;
const states = ["requested", "checked", "paid", "returned"] as const;
const index = Array.from({ length: COUNT }, (_, n) => n);
const payments = index.map((n) => ({
  ...{ ...written, id: id("payment", n), milestone: id("milestone", n), commitment: id("commitment", n) },
  ...{ line: n % 2 === 0 ? "invented" : "real", commons: id("commons", n), payee: id("payee", n % 3) },
  ...{ amountCents: BigInt(1000 + ((n * 37) % COUNT)), recoveredCents: 0n, block: n },
  ...{ state: states[n % states.length] ?? "paid", requestedOn: addDays("2026-04-01", n) },
}));

beforeAll(async () => {
  await project(db, foundedTorino(), dayOf(DAY));
  for (const name of ["invented", "real"])
    await db.chainBudgetLine.create({
      data: {
        ...{ ...written, id: name, fund: "Fondo", name, year: 2026, kind: "investment" },
        ...{ budgetCents: 10n, committedCents: 5n, acceptedCents: 2n, paidCents: 1n },
        fictional: name === "invented",
      },
    });
  await db.subject.createMany({
    data: ["person", "association", "school"].map((kind, n) => ({
      ...{
        municipality: torino,
        id: id("payee", n),
        kind,
        name: `${kind} Ètoile`,
        representative: "x",
        salt,
      },
    })),
  });
  await db.commons.createMany({
    data: index.map((n) => ({
      ...{ municipality: torino, id: id("commons", n), slug: id("bene", n), name: id("Bene", COUNT - n) },
      ...{ kind: "garden", salt, createdBy: "x", publishedAt: new Date() },
    })),
  });
  await db.chainCommitment.createMany({
    data: index.map((n) => ({
      ...{ ...written, id: id("commitment", n), proposal: id("proposal", n), pact: id("pact", n) },
      ...{ line: payments[n]?.line ?? "", commons: id("commons", n), beneficiary: "x", payee: "x" },
      ...{ type: "goods", amountCents: 5000n + BigInt(n), acceptedCents: 0n, paidCents: 0n },
      ...{ plannedCents: 3000n, committedOn: "2026-01-01", fictional: true },
    })),
  });
  await db.chainMilestone.createMany({
    data: index.map((n) => ({
      ...{ ...written, id: id("milestone", n), commitment: id("commitment", n), number: n },
      ...{ line: payments[n]?.line ?? "", commons: id("commons", n), digest: salt, acceptedCents: 0n },
      ...{ dueOn: addDays("2026-06-01", n), amountCents: 3000n, requestedCents: 0n },
      ...(n % 2 === 0 ? { state: "planned" } : { state: "verified", verifiedOn: addDays("2026-05-01", n) }),
    })),
  });
  await db.chainReport.createMany({
    data: index.map((n) => ({
      ...{ ...written, id: id("report", n), commitment: id("commitment", n), commons: id("commons", n) },
      ...{ kind: "annual", dueOn: addDays("2026-06-20", n), submittedOn: n % 2 === 0 ? DAY : null },
    })),
  });
  await db.chainPayment.createMany({ data: payments });
});

describe("the list of payments", () => {
  it("has each once over its pages, in the order asked for, with the sum of all of them", async () => {
    const compared: Record<PaymentSort["column"], (n: number) => string | number | bigint> = {
      requestedOn: (n: number) => payments[n]?.requestedOn ?? "",
      amount: (n: number) => payments[n]?.amountCents ?? 0n,
      state: (n: number) => states.indexOf(payments[n]?.state ?? "paid"),
      payee: (n: number) => ["", "association", "school"][n % 3] ?? "",
      commons: (n: number) => COUNT - n,
    };
    for (const column of paymentColumns)
      for (const direction of ["ascending", "descending"]) {
        const pages = await Promise.all(
          ["1", "2", "3"].map((pagina) =>
            paymentsOf(torino, paymentQuery({ ordina: column, verso: direction, pagina })),
          ),
        );
        expect(pages.map((page) => page.payments.length)).toEqual([25, 25, 10]);
        const order = pages.flatMap((page) => page.payments.map((one) => Number(one.id.slice(-2))));
        expect(new Set(order).size).toBe(COUNT);
        const values = order.map(compared[column]);
        const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(values).toEqual(direction === "ascending" ? sorted : sorted.reverse());
      }
    const paid = await paymentsOf(torino, paymentQuery({ stato: "paid" }));
    const wanted = payments.filter(({ state }) => state === "paid");
    expect(paid).toMatchObject({ count: wanted.length, pages: 1 });
    expect(paid.totalCents).toBe(wanted.reduce((sum, { amountCents }) => sum + amountCents, 0n));
    expect(await paymentsOf(torino, paymentQuery({ pagina: "99" }))).toMatchObject({ page: 3 });
    expect((await paymentsOf("001002", paymentQuery({}))).count).toBe(0);
  });

  it("names commons and bodies, no person, and says which amounts are invented", async () => {
    const every = await everyPayment(torino);
    expect(every).toHaveLength(COUNT);
    expect(every[0]?.id).toBe(id("payment", COUNT - 1));
    const at = (n: number) => every.find((one) => one.id === id("payment", n));
    expect(at(0)).toMatchObject({ payee: "", fictional: true, commons: { slug: "bene-00" } });
    expect(at(1)).toMatchObject({ payee: "association Ètoile", fictional: false });
  });
});

describe("what the parties have not handed in", () => {
  it("is each milestone and report from the day after its own, the latest first, and nothing that waits for an office", async () => {
    const wanted = index
      .map((n) =>
        n % 2 === 0
          ? { id: id("milestone", n), on: addDays("2026-06-01", n) }
          : { id: id("report", n), on: addDays("2026-06-20", n) },
      )
      .filter(({ on }) => on < DAY)
      .sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1));
    const first = await lateIn(torino, DAY, 1);
    expect(first).toMatchObject({ count: wanted.length, pages: Math.ceil(wanted.length / 20) });
    const pages = await Promise.all(
      Array.from({ length: first.pages }, (_, page) => lateIn(torino, DAY, page + 1)),
    );
    const items = pages.flatMap((page) => page.items);
    expect(items.map((item) => ({ id: item.id, on: item.dueOn }))).toEqual(wanted);
    expect(items.every(({ days, dueOn }) => addDays(dueOn, days) === DAY)).toBe(true);
    expect(await lateIn(torino, "2026-01-01", 1)).toEqual({ count: 0, page: 1, pages: 1, items: [] });
  });
});

describe("the picture of the money", () => {
  it("follows the largest commons, and has the rest as one end", async () => {
    const { nodes, links } = await flowsOf(torino);
    expect(nodes.filter(({ kind }) => kind === "commons")).toHaveLength(12);
    expect(nodes.find(({ kind }) => kind === "others")?.label).toBe(String(COUNT - 12));
    const ofFunds = links.filter(({ source }) => source.startsWith("fund/"));
    const committed = index.reduce((sum, n) => sum + 5000n + BigInt(n), 0n);
    expect(ofFunds.reduce((sum, { cents }) => sum + cents, 0n)).toBe(committed);
  });

  it("has of a milestone what still counts of it, and of payments what was not recovered", async () => {
    const [nothing, less] = [id("milestone", COUNT - 1), id("milestone", COUNT - 2)];
    const at = (key: string) => ({ municipality_id: { municipality: torino, id: key } });
    await db.chainMilestone.update({ where: at(nothing), data: { state: "rejected" } });
    const accepted = { state: "partially_accepted", acceptedCents: 1500n };
    await db.chainMilestone.update({ where: at(less), data: accepted });
    const paid = payments[COUNT - 2];
    await db.chainPayment.update({ where: at(paid?.id ?? ""), data: { recoveredCents: 100n } });
    const { links } = await flowsOf(torino);
    const into = (key: string) => links.filter(({ target }) => target === `milestone/${key}`);
    expect(into(nothing)).toEqual([]);
    expect(into(less).map(({ cents }) => cents)).toEqual([1500n]);
    const out = links.filter(({ source }) => source === `milestone/${less}`);
    const given = (paid?.amountCents ?? 0n) - 100n;
    expect(out.map(({ cents }) => cents).sort()).toEqual([1500n - given, given].sort());
  });
});

describe("stopped money", () => {
  it("is paged with the sum of all, and counts no record twice", async () => {
    await stoppedMoney(torino, 1);
    await db.duty.deleteMany({});
    const row = (n: number, more: object = {}) => ({
      ...{ municipality: torino, transaction: "payments:check", record: id("stopped", n), kind: "payment" },
      ...{ title: "", since: addDays("2026-01-01", n), place: { page: "pact", slug: "p" }, barred: [] },
      ...{ amountCents: 100n, audience: ["Comune:responsible_officer"], ...more },
    });
    await db.duty.createMany({
      data: [
        ...index.slice(0, 25).map((n) => row(n)),
        row(3, { transaction: "payments:refuse", audience: ["Comune:treasurer"] }),
        row(50, { audience: ["person:x"] }),
        row(51, { kind: "pact" }),
      ],
    });
    const [first, second] = [await stoppedMoney(torino, 1), await stoppedMoney(torino, 2)];
    expect(first).toMatchObject({ count: 25, totalCents: 2500n, pages: 2 });
    expect([...first.items, ...second.items].map(({ id: one }) => one)).toEqual(
      index.slice(0, 25).map((n) => id("stopped", n)),
    );
    expect(first.items[3]?.offices).toEqual(["responsible_officer", "treasurer"]);
  });
});
