/** The control room on random histories: as of a day it says later what it said then, in every form to the cent. */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { draw, moveOf } from "@/chaincode/testing/money-moves";
import { line, withAccepted } from "@/chaincode/testing/pact-story";
import { people } from "@/chaincode/testing/people";
import { insured } from "@/chaincode/testing/year-story";
import { decimalOf } from "@/lib/export/table";
import { RuleError } from "@/protocol/errors";
import type { RecordOf, RecordType } from "@/protocol/records";
import { openObjectionsTo } from "@/protocol/records/money";
import { projectCity } from "../open-data/project-city";
import { RecordedCity } from "../open-data/recorded-city";
import { sampleSeed } from "../seed";
import { serverActions } from "./actions/request";
import { settle, torino } from "./actions/town";

const { db } = await serverActions();
const { asOf, pactsEnding } = await import("@/features/control-room/queries");
const { carriedOf } = await import("@/features/control-room/carried-queries");
const { monthsOf, peopleOf, sumsOf, totalsOf } = await import("@/features/control-room/sums-queries");
const { longestWaits, stepTimesOf } = await import("@/features/control-room/waits-queries");
const { countPayments, viewedPayments } = await import("@/features/control-room/payments-queries");
const { controlRoomFile } = await import("@/features/control-room/file-queries");
const { paymentById } = await import("@/features/funds/payment-queries");
const { paymentsFile } = await import("@/features/funds/payment-file-queries");
const { groupings, viewOf } = await import("@/features/control-room/view");

const seed = sampleSeed();
const [draws = []] = fc.sample(fc.array(draw, { minLength: 180, maxLength: 220 }), { numRuns: 1, seed });
const DAYS = 8;

type Shown = { day: string; view: object };
const shown: Shown[] = [];
let city: RecordedCity;
let projected = 0;

/** Everything that the page says of a day. */
async function said(al: string | undefined) {
  const { day } = await asOf(torino, al);
  const views = [viewOf({}), viewOf({ stato: "paid" }), viewOf({ bene: "commons-garden", anno: "2026" })];
  const payments = await viewedPayments({ municipality: torino, day, view: viewOf({}) }, 1, 1000);
  return {
    views: await Promise.all(
      views.map(async (view) => {
        const scope = { municipality: torino, day, view };
        return {
          totals: await totalsOf(scope),
          sums: await Promise.all(groupings.map((per) => sumsOf(scope, per))),
          months: await monthsOf(scope),
          carried: [...(await carriedOf(scope, "year"))],
          steps: await stepTimesOf(scope),
          waits: await longestWaits(scope, 1000),
          count: await countPayments(scope),
          people: await peopleOf(scope, ["commons-garden"]),
          payments: await viewedPayments(scope, 1, 1000),
        };
      }),
    ),
    ending: await pactsEnding(torino, day),
    pages: await Promise.all(payments.map(({ id }) => paymentById(torino, id, al))),
  };
}

async function project(): Promise<void> {
  await projectCity(db, city, projected);
  projected = city.events.length;
}

const records = <T extends RecordType>(type: T) => city.state.all<RecordOf<T>>(torino, type);
const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + BigInt(one), 0n);

beforeAll(async () => {
  await settle(db);
  city = await RecordedCity.founded();
  await withAccepted(city);
  // However the draws fall, there are payments.
  for (const part of [1, 2, 3, 4]) {
    const request = { id: `payment-of-${part}`, milestone: "commitment-1-m1", amountCents: 100_000 + part };
    await city.submit(people.resident, "payments:request", request);
  }
  const builders = { id: "builders", kind: "company" as const, digest: digest("builders") };
  await city.submit(people.officer, "subjects:registerPayee", builders);
  await city.submit(people.officer, "funds:openLine", line({ id: "line-small", budgetCents: 700_000 }));
  await insured(city);
  const each = Math.ceil(draws.length / DAYS);
  for (const [index, drawn] of draws.entries()) {
    const move = moveOf(city, drawn, String(index));
    if (move && move.name !== "municipality:advanceDay") {
      try {
        await city.submit(move.actor, move.name, move.input as never);
      } catch (error) {
        if (!(error instanceof RuleError)) throw error;
      }
    }
    if (index % each !== each - 1) continue;
    await project();
    const { day } = await asOf(torino, undefined);
    shown.push({ day, view: await said(undefined) });
    await recount();
    const next = new Date(Date.parse(day) + 5 * 86_400_000).toISOString().slice(0, 10);
    // Some of the days are of the year after, to which what is left is carried over.
    await city.advanceTo(index === each * 4 - 1 ? "2027-01-07" : next);
    await project();
  }
  // What came after the last of those days.
  await project();
}, 300_000);

/** What the page says now is what the ledger's own records add up to. */
async function recount(): Promise<void> {
  const { day } = await asOf(torino, undefined);
  const scope = { municipality: torino, day, view: viewOf({}) };
  const commitments = records("commitment");
  expect(await totalsOf(scope), `seed ${seed}`).toEqual({
    count: commitments.length,
    budgetCents: sum(records("budget_line").map(({ budgetCents }) => budgetCents)),
    committedCents: sum(commitments.map(({ amountCents }) => amountCents)),
    plannedCents: sum(commitments.map(({ plannedCents }) => plannedCents)),
    acceptedCents: sum(commitments.map(({ acceptedCents }) => acceptedCents)),
    paidCents: sum(commitments.map(({ paidCents }) => paidCents)),
  });
  const last = (await monthsOf(scope)).at(-1);
  expect(last?.paidCents, `seed ${seed}`).toBe(sum(commitments.map(({ paidCents }) => paidCents)));
  for (const per of groupings.filter((one) => one !== "state")) {
    const rows = await sumsOf(scope, per);
    const total = rows.reduce((cents, row) => cents + row.committedCents, 0n);
    expect(total, per).toBe(sum(commitments.map(({ amountCents }) => amountCents)));
  }
  const carried = [...(await carriedOf(scope, "line")).values()];
  const lines = records("budget_line");
  expect(carried.reduce((cents, row) => cents + row.outCents, 0n)).toBe(
    sum(lines.map(({ carriedOutCents }) => carriedOutCents)),
  );
  expect(carried.reduce((cents, row) => cents + row.inCents, 0n)).toBe(
    sum(lines.map(({ carriedInCents }) => carriedInCents)),
  );
  const waiting = (await stepTimesOf(scope)).reduce((count, step) => count + step.waiting, 0);
  const open = [
    ...records("payment").filter(({ state }) =>
      ["requested", "checked", "liquidated", "ordered"].includes(state),
    ),
    ...records("milestone").filter(({ state }) => ["evidence_submitted", "verified"].includes(state)),
  ];
  expect(waiting, `seed ${seed}`).toBe(open.length);
  // What is objected to waits for the guarantors, and nothing else does.
  const objectedTo = records("milestone").filter((milestone) => openObjectionsTo(milestone).length > 0);
  const forGuarantors = (await longestWaits(scope, 1000)).filter(
    ({ transaction }) => transaction === "milestones:decideObjection",
  );
  expect(new Set(forGuarantors.map(({ id }) => id)), `seed ${seed}`).toEqual(
    new Set(objectedTo.map(({ id }) => id)),
  );
}

describe("as of a day", () => {
  it("says after whatever followed what it said on that day", async () => {
    expect(shown.length).toBeGreaterThanOrEqual(6);
    for (const { day, view } of shown) expect(await said(day), `${day}, seed ${seed}`).toEqual(view);
    // Histories in which nothing moves would prove nothing.
    expect(new Set(shown.map(({ view }) => JSON.stringify(view, bigints))).size).toBeGreaterThan(3);
  }, 300_000);

  it("knows nothing of days to come, and says the last that it knows", async () => {
    const { day, isOver, isAhead } = await asOf(torino, "2099-01-01");
    expect({ day, isOver, isAhead }).toEqual({
      ...{ day: city.record("day", "day").day, isOver: false, isAhead: true },
    });
  });
});

describe("narrowed to payments in a state", () => {
  it("adds up the commitments that have such a payment, and no other", async () => {
    const { day } = await asOf(torino, undefined);
    const states = [...new Set(records("payment").map(({ state }) => state))];
    for (const stato of states) {
      const having = new Set(
        records("payment")
          .filter(({ state }) => state === stato)
          .map(({ commitment }) => commitment),
      );
      const own = records("commitment").filter(({ id }) => having.has(id));
      const scope = { municipality: torino, day, view: viewOf({ stato }) };
      const committed = sum(own.map(({ amountCents }) => amountCents));
      expect(await totalsOf(scope), `${stato}, seed ${seed}`).toMatchObject({
        count: own.length,
        committedCents: committed,
      });
      const rows = await sumsOf(scope, "line");
      expect(rows.reduce((cents, row) => cents + row.committedCents, 0n)).toBe(committed);
    }
    const scope = { municipality: torino, day, view: viewOf({ stato: "refused" }) };
    expect(await totalsOf(scope)).toMatchObject({ count: 0, committedCents: 0n });
  });
});

describe("people who joined a commons", () => {
  it("are those whose last word on one of its proposals is that they joined", async () => {
    const { day } = await asOf(torino, undefined);
    const commons = "commons-of-two";
    const told = [
      ["first", "anna", false],
      ["second", "anna", false],
      ["second", "anna", true],
      ["first", "bruno", false],
      ["second", "bruno", false],
      ["first", "carla", false],
      ["first", "carla", true],
    ] as const;
    for (const [index, [proposal, person, withdrawn]] of told.entries()) {
      const place = { block: 1_000_000n + BigInt(index), index: 0 };
      const name = withdrawn ? "proposals:withdrawAdhesion" : "proposals:adhere";
      const id = `${proposal}/${person}`;
      const record = { municipality: torino, id, proposal, commons, person, kind: "supporter", withdrawn };
      await db.chainTransaction.create({
        data: {
          ...{ ...place, id: digest(id + index), code: 0, name, mspId: "CaseMSP", statedTime: new Date() },
          ...{ municipality: torino, organisation: "Case", role: "resident", person, day },
        },
      });
      await db.chainStep.create({ data: { municipality: torino, commons, ...place } });
      await db.chainEntry.create({
        data: { ...place, position: 0, municipality: torino, type: "adhesion", recordId: id, record },
      });
      const state = { withdrawn, record, transactionId: digest(id + index), block: place.block };
      await db.chainAdhesion.upsert({
        where: { municipality_id: { municipality: torino, id } },
        create: { ...{ municipality: torino, id, proposal, commons, person, kind: "supporter" }, ...state },
        update: state,
      });
    }
    const scope = { municipality: torino, day, view: viewOf({}) };
    expect(await peopleOf(scope, [commons])).toEqual({ [commons]: 2 });
  });
});

describe("files", () => {
  const ask = async (file: string, query = "") => {
    const url = `http://localhost:3000/api/control-room/torino/${file}?${query}`;
    return controlRoomFile(new Request(url), "torino", file);
  };
  const rowsOf = async (file: string, query?: string) =>
    parse(await (await ask(file, query)).text(), { bom: true, delimiter: ";", columns: false }) as string[][];

  it("have each payment's amount as ledger, page and the list of payments have it", async () => {
    const onLedger = new Map(records("payment").map((payment) => [payment.id, payment]));
    expect(onLedger.size).toBeGreaterThan(3);
    const json = (await (await ask("payments.json")).json()) as Record<string, string | number>[];
    const [, ...csv] = await rowsOf("payments.csv");
    const listed = (await (
      await paymentsFile(new Request("http://localhost:3000/x"), "torino", "json")
    ).json()) as Record<string, string | number>[];
    const ods = strFromU8(
      unzipSync(new Uint8Array(await (await ask("payments.ods")).arrayBuffer()))["content.xml"] ??
        new Uint8Array(),
    );
    const { day } = await asOf(torino, undefined);
    const page = await viewedPayments({ municipality: torino, day, view: viewOf({}) }, 1, 1000);
    for (const rows of [json, csv, listed, page]) expect(rows.length).toBe(onLedger.size);
    for (const [id, payment] of onLedger) {
      const cents = BigInt(payment.amountCents);
      const paid = payment.state === "paid" ? cents - BigInt(payment.recoveredCents) : 0n;
      const recovered = BigInt(payment.recoveredCents);
      const shownAs = { amountCents: cents, recoveredCents: recovered };
      expect(page.find((row) => row.id === id)).toMatchObject({ ...shownAs, paidCents: paid });
      const single = await paymentById(torino, id);
      expect(single).toMatchObject(shownAs);
      expect(single?.recoveries.reduce((total, { amountCents }) => total + amountCents, 0n)).toBe(recovered);
      const ofJson = json.find((row) => row.id === id);
      // JSON has numbers, in which these amounts are exact to the cent.
      const inCents = (euro: string | number | undefined) => BigInt(Math.round(Number(euro) * 100));
      const amounts = (row: (typeof json)[number] | undefined) =>
        [row?.amount_eur, row?.recovered_eur].map(inCents);
      expect([...amounts(ofJson), inCents(ofJson?.paid_eur)]).toEqual([cents, recovered, paid]);
      expect(amounts(listed.find((row) => row.id === id))).toEqual([cents, recovered]);
      expect(csv.find((row) => row[0] === id)?.slice(-4, -1)).toEqual(
        [cents, paid, recovered].map((one) => decimalOf(one, ",")),
      );
      expect(ods).toContain(`office:value="${decimalOf(cents, ".")}"`);
    }
  });

  it("have the sums of a day as the page of that day has them", async () => {
    for (const { day } of shown.slice(0, 3)) {
      const scope = { municipality: torino, day, view: viewOf({ per: "line" }) };
      const page = await sumsOf(scope, "line");
      const [, ...csv] = await rowsOf("sums.csv", `per=line&al=${day}`);
      expect(
        csv.map((row) => row.slice(2)),
        `seed ${seed}`,
      ).toEqual(
        page.map((row) => [
          expect.stringContaining(day.slice(0, 4)),
          String(row.count),
          row.budgetCents === null ? "" : decimalOf(row.budgetCents, ","),
          decimalOf(row.committedCents, ","),
          decimalOf(row.plannedCents, ","),
          decimalOf(row.acceptedCents, ","),
          decimalOf(row.paidCents, ","),
          // Nothing is carried over before the year is over.
          ...["", ""],
        ]),
      );
    }
  });

  it("are printed whatever a filter says, also in letters that no font has", async () => {
    const answer = await ask("sums.pdf", `fondo=${encodeURIComponent("Orto 🌱")}`);
    expect(answer.status).toBe(200);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
  });

  it("are not there under another name, nor for a place that there is not", async () => {
    expect((await ask("sums.xls")).status).toBe(404);
    const url = new Request("http://localhost:3000/x");
    expect((await controlRoomFile(url, "nessun-comune", "sums.csv")).status).toBe(404);
  });
});

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}
