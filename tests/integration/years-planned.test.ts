/** Lines and money of several years by one act: what the form queues is what the contracts take. */
import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { Input } from "@/chaincode/testing/city";
import { commitment, pactAct, plan, withActive } from "@/chaincode/testing/pact-story";
import { people } from "@/chaincode/testing/people";
import { line } from "@/chaincode/testing/story";
import { collectingActs } from "@/lib/acts-to-sign";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { projectCity } from "../open-data/project-city";
import { RecordedCity } from "../open-data/recorded-city";
import { serverActions } from "./actions/request";
import { settle, torino } from "./actions/town";

const { db } = await serverActions();
const funds = await import("@/features/funds/service");

let city: RecordedCity;
const officer = { ...people.officer, municipality: torino };

beforeAll(async () => {
  await settle(db);
  await db.person.create({ data: { id: officer.person, displayName: "Persona di prova" } });
  city = await RecordedCity.founded();
  await withActive(city);
  await projectCity(db, city);
});

/** What is queued of a form, as its person signs it: in the order in which it was asked for. */
async function signed(name: TransactionName): Promise<string[]> {
  const items = await db.outboxItem.findMany({ where: { transaction: name }, orderBy: { sequence: "asc" } });
  for (const { id, input } of items) {
    const { municipality: _, command: __, ...given } = input as Record<string, unknown>;
    await city.submit(people.officer, name, given as Input<typeof name>);
    expect(given.id).toBe(id);
  }
  await db.outboxItem.deleteMany({});
  return items.map(({ id }) => id);
}

const first = randomUUID();
const all = <T extends "budget_line" | "commitment">(type: T) => city.state.all<RecordOf<T>>(torino, type);

it("a line is opened for its year and the two after it, each with its own budget", async () => {
  const { id: _, ...values } = line({ name: "Patti", year: 2026, budgetCents: 300_000 });
  const later = [
    { year: 2027, budgetCents: 200_000 },
    { year: 2028, budgetCents: 100_000 },
  ];
  await funds.openLine(officer, { ...values, later }, first);
  // Posted twice it is asked for once, and leads to all that is to be signed.
  const { acts } = await collectingActs(() => funds.openLine(officer, { ...values, later }, first));
  expect(acts).toHaveLength(3);
  const ids = await signed("funds:openLine");
  const opened = ids.map((id) => all("budget_line").find((one) => one.id === id));
  expect(opened.map((one) => [one?.name, one?.year, one?.budgetCents])).toEqual([
    ["Patti", 2026, 300_000],
    ["Patti", 2027, 200_000],
    ["Patti", 2028, 100_000],
  ]);
  await city.submit(people.giunta, "proposals:allowBeyond", {
    ...{ id: "garden", lines: ids, beneficiaries: [], act: pactAct("beyond") },
  });
  await projectCity(db, city, await db.chainTransaction.count());
});

it("a pact's money is committed on the lines of three years by one act, and planned on each", async () => {
  const lines = all("budget_line").filter(({ name }) => name === "Patti");
  const [now, next, last] = lines.sort((a, b) => a.year - b.year).map(({ id }) => id);
  const { id: _, fictional: __, ...values } = commitment({ line: now ?? "", amountCents: 250_000 });
  const later = [
    { line: next ?? "", amountCents: 150_000 },
    { line: last ?? "", amountCents: 50_000 },
  ];
  const refused = async (given: Parameters<typeof funds.commit>[1], error: object) =>
    expect(funds.commit(officer, given, randomUUID())).rejects.toMatchObject(error);
  const then = (id: string | undefined, amountCents: number) => [{ line: id ?? "", amountCents }];
  await refused({ ...values, later: then(next, 200_001) }, { code: "over_budget" });
  // Each has room on its line, all together are more than was voted.
  const whole = { ...values, line: "line-2026", amountCents: 900_000 };
  const over = { code: "over_decided", params: { limitCents: 1_000_000 } };
  await refused({ ...whole, later: then(next, 150_000) }, over);
  const line2028 = { municipality_id: { municipality: torino, id: last ?? "" } };
  await db.chainBudgetLine.update({ where: line2028, data: { year: 2025 } });
  await refused({ ...values, later: then(last, 1) }, { code: "line_year_over", params: { year: 2025 } });
  await db.chainBudgetLine.update({ where: line2028, data: { year: 2028 } });
  const { cup: ___, ...withoutCup } = values;
  await refused({ ...withoutCup, later }, { code: "cup_missing" });
  expect(await db.outboxItem.count()).toBe(0);

  const command = randomUUID();
  await funds.commit(officer, { ...values, later }, command);
  const queued = await db.outboxItem.findMany({ orderBy: { sequence: "asc" } });
  expect(queued.map(({ status, follows }) => [status, follows])).toEqual([
    ["to_sign", null],
    ["to_sign", command],
    ["to_sign", command],
  ]);
  // Posted again it leads to all that is still to be signed.
  const { acts } = await collectingActs(() => funds.commit(officer, { ...values, later }, command));
  expect(acts.map(({ id }) => id)).toEqual(queued.map(({ id }) => id));
  const ids = await signed("funds:commit");
  expect(ids.map((id) => all("commitment").find((one) => one.id === id)?.amountCents)).toEqual([
    ...[250_000, 150_000, 50_000],
  ]);
  const sums = all("budget_line").filter(({ name }) => name === "Patti");
  expect(sums.sort((a, b) => a.year - b.year).map((one) => one.committedCents)).toEqual([
    ...[250_000, 150_000, 50_000],
  ]);
  const ahead = ids[1] ?? "";
  await city.submit(people.officer, "funds:planMilestones", plan([150_000], ahead));
  expect(city.state.all<RecordOf<"milestone">>(torino, "milestone")).toHaveLength(1);
});

it("of one act's file each has a copy", async () => {
  const { storeUpload } = await import("@/features/documents/service");
  const { Readable } = await import("node:stream");
  const bytes = Buffer.from("%PDF-1.4\ntrailer\n<<>>\n%%EOF\n");
  const file = await storeUpload(
    { municipality: torino, person: officer.person },
    { name: "atto.pdf", stream: Readable.from([bytes]) },
  );
  const { id: _, ...values } = line({ name: "Altri", year: 2026 });
  const act = { ...values.act, file: file.hash };
  await funds.openLine(
    officer,
    { ...values, act, later: [{ year: 2027, budgetCents: 1 }] },
    randomUUID(),
    file.id,
  );
  const ids = await signed("funds:openLine");
  const kept = await db.attachment.findMany({ where: { hash: file.hash } });
  expect(kept.map(({ aboutId, public: shown }) => [aboutId, shown]).sort()).toEqual(
    ids.map((id) => [id, true]).sort(),
  );
});
