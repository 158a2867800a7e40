import { beforeAll, describe, expect, it } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { pactAct, withOrdered } from "@/chaincode/testing/pact-story";
import { people } from "@/chaincode/testing/people";
import { call } from "@/chaincode/testing/story";
import { afterTheTurn, withCarriedOver, yearAct } from "@/chaincode/testing/year-story";
import { decimalOf } from "@/lib/export/table";
import { process, RecordedCity } from "@/tests/open-data/recorded-city";
import { mergeRelease } from "./merge";
import { personName } from "./parties";
import type { Process, Step } from "./process";
import { type Release, ReleaseWriter } from "./releases";

let steps: Step[];

beforeAll(async () => {
  const city = await RecordedCity.founded();
  await withOrdered(city);
  await city.submit(people.treasurer, "payments:recordPaid", {
    ...{ id: "payment-1", reference: "CRO 4567", on: "2026-02-16", documentHash: digest("receipt") },
  });
  await city.submit(people.treasurer, "payments:recover", {
    ...{ id: "payment-1", amountCents: 12_345, reference: "CRO 9" },
    documentHash: digest("recovery"),
  });
  await city.submit(people.officer, "funds:changeBudget", {
    ...{ id: "line-2026", budgetCents: 6_000_001, act: pactAct("budget") },
  });
  steps = city.steps;
});

function releases(of: readonly Step[] = steps, changes: Partial<Process> = {}): Release[] {
  const writer = new ReleaseWriter(process(changes));
  return of.flatMap((step) => writer.next(step) ?? []);
}

describe("releases of a process", () => {
  it("tell each stage once, in the order of the ledger", () => {
    expect(releases().map(({ tag }) => tag)).toEqual([
      ["tender", "planning"],
      ["tenderUpdate", "award"],
      ["contract"],
      ["contractUpdate"],
      ["contractUpdate"],
      ["contractUpdate", "planningUpdate"],
      ["implementation"],
      ["implementationUpdate"],
      ["implementationUpdate"],
      ["implementationUpdate"],
      ["planningUpdate"],
    ]);
  });

  it("stay as they are when facts are added: whoever asked earlier has the same ones", () => {
    const all = releases();
    for (let asked = 0; asked <= steps.length; asked += 1) {
      const earlier = releases(steps.slice(0, asked));
      expect(earlier).toEqual(all.slice(0, earlier.length));
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it("have days that do not go back", () => {
    const dates = releases().map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    for (const release of releases())
      for (const day of datesIn(release, ["date", "datePublished", "dateSigned", "dateMet"]))
        expect(day <= release.date).toBe(true);
  });

  it("define every party that they name, with the roles it has had so far", () => {
    for (const release of releases()) {
      const defined = (release.parties as { id: string; roles: string[] }[]).map(({ id }) => id);
      expect(new Set(referencesIn({ ...release, parties: [] }))).toEqual(new Set(defined));
    }
    const last = compiled().parties as { id: string; roles: string[] }[];
    expect(Object.fromEntries(last.map(({ id, roles }) => [id, roles]))).toEqual({
      "comune-001272": ["buyer", "payee", "payer", "procuringEntity"],
      "garden-friends": ["payee", "payer", "supplier"],
    });
  });

  it("have no empty member", () => {
    for (const release of releases()) expect(emptyIn(release)).toEqual([]);
  });

  it("say amounts in euro as the ledger has them in cents", () => {
    const { planning, contracts } = compiled() as unknown as {
      planning: { budget: { amount: object; projectID: string } };
      contracts: { value: object; items: object[]; implementation: { transactions: object[] } }[];
    };
    const euro = (cents: bigint) => ({ amount: Number(decimalOf(cents, ".")), currency: "EUR" });
    expect(planning.budget).toMatchObject({ amount: euro(6_000_001n), projectID: "C11B26000000001" });
    expect(contracts).toHaveLength(1);
    expect(contracts[0]?.value).toEqual(euro(1_000_000n));
    expect(contracts[0]?.items).toMatchObject([
      {
        id: "commitment-1",
        unit: { value: euro(1_000_000n) },
        additionalClassifications: [{ scheme: "IT-CUP", id: "C11B26000000001" }],
      },
    ]);
    expect(contracts[0]?.implementation.transactions).toMatchObject([
      {
        id: "payment-1",
        value: euro(600_000n),
        payer: { id: "comune-001272" },
        payee: { id: "garden-friends" },
      },
      {
        ...{ id: "payment-1-recovery-1", value: euro(12_345n) },
        ...{ payer: { id: "garden-friends" }, payee: { id: "comune-001272" } },
      },
    ]);
  });

  it("plan what a line has of its own, whatever is carried over to it and given back", async () => {
    const city = await RecordedCity.founded();
    city.now = afterTheTurn;
    await withCarriedOver(city);
    const id = "call-2027";
    await city.submit(people.officer, "calls:publish", call({ id, lines: ["line-2027"] }));
    const back = { reasonDigest: digest("not needed"), act: yearAct("economia") };
    await city.submit(people.officer, "milestones:cancel", { id: "commitment-1-m2", ...back });
    await city.submit(people.officer, "funds:release", {
      ...{ commitment: "commitment-2027", amountCents: 400_000, ...back },
    });
    const own = { id: "line-2027", budgetCents: 100, act: yearAct("variation") };
    await city.submit(people.officer, "funds:changeBudget", own);
    const ofCall = city.steps.map((step) => ({
      ...step,
      records: step.records.filter(
        ({ type, record }) =>
          (type === "budget_line" && record.id === "line-2027") || (type === "call" && record.id === id),
      ),
    }));
    const planned = releases(ofCall, { call: id }).flatMap(({ planning }) =>
      planning ? (planning as { budget: { amount: { amount: number } } }).budget.amount.amount : [],
    );
    expect(planned).toEqual([50_000, 1]);
  });

  it("name nobody whose name is not public", () => {
    const words = { ...process().words, subjects: new Map<string, string>() };
    const text = JSON.stringify(releases(steps, { words }));
    expect(text).toContain(personName);
    expect(text).not.toContain("99999990007");
  });
});

function compiled() {
  return releases().reduce<ReturnType<typeof mergeRelease>>(mergeRelease, {});
}

function emptyIn(value: unknown, path = ""): string[] {
  if (value === null || value === undefined || value === "") return [path];
  if (typeof value !== "object") return [];
  const parts = Object.entries(value);
  return parts.length === 0 ? [path] : parts.flatMap(([name, part]) => emptyIn(part, `${path}/${name}`));
}

function datesIn(value: unknown, names: readonly string[]): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    names.includes(name) && typeof part === "string" ? [part] : datesIn(part, names),
  );
}

const referring = ["buyer", "procuringEntity", "payer", "payee"];

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    if (name === "suppliers") return (part as { id: string }[]).map(({ id }) => id);
    return referring.includes(name) ? [(part as { id: string }).id] : referencesIn(part);
  });
}
