import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, it } from "vitest";
import { commitmentSchema, lineSchema, planSchema } from "./schema";

/** A plan as its form sends it: every row is there, empty or not. */
function plan(rows: readonly (readonly [string, string, string, string])[]) {
  const form = new FormData();
  form.set("id", "commitment");
  form.set("command", "6a1f3d5e-6c1b-4f0e-9a55-0d8f1b7a2c11");
  form.set("reportOn", "");
  rows.forEach(([title, deliverable, dueOn, amount], row) => {
    form.set(`title[${row}]`, title);
    form.set(`deliverable[${row}]`, deliverable);
    form.set(`dueOn[${row}]`, dueOn);
    form.set(`amount[${row}]`, amount);
  });
  return parseWithZod(form, { schema: planSchema("it") });
}
const empty = ["", "", "", ""] as const;

describe("planSchema", () => {
  it("leaves empty rows out, wherever they are", () => {
    const sent = plan([empty, ["Lavori", "", "2026-12-01", "800,00"], empty]);
    expect(sent.status === "success" && sent.value.milestones).toEqual([
      { title: "Lavori", deliverable: "Lavori", dueOn: "2026-12-01", amountCents: 80_000 },
    ]);
  });

  it("names the row that is incomplete, and wants one at least", () => {
    const half = plan([["Lavori", "", "", "800,00"], empty]);
    expect(half.reply().error).toMatchObject({ "title[0]": ["milestone_incomplete"] });
    expect(plan([empty]).reply().error).toMatchObject({ "title[0]": ["required"] });
    expect(plan([["Lavori", "", "2026-12-01", "-800"]]).reply().error).toMatchObject({
      "title[0]": ["milestone_incomplete"],
    });
  });
});

const act = {
  ...{ actKind: "delibera", actNumber: "1/2026", actDate: "2026-02-01", actBody: "Giunta" },
  actFile: new File(["x"], "atto.pdf"),
};

function sent(fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...act, ...fields })) form.set(name, value);
  form.set("command", "6a1f3d5e-6c1b-4f0e-9a55-0d8f1b7a2c11");
  return form;
}

describe("several years in one form", () => {
  const line = { fund: "Fondo", name: "Patti", year: "2026", kind: "current", budget: "10,00" };
  const money = { pact: "p", line: "a", payee: "b", type: "goods", amount: "10,00" };
  const ofLine = (more: Readonly<Record<string, string>>) =>
    parseWithZod(sent({ ...line, ...more }), { schema: lineSchema("it") });
  const ofMoney = (more: Readonly<Record<string, string>>) =>
    parseWithZod(sent({ ...money, ...more }), { schema: commitmentSchema("it") });

  it("lines have the year of their place, and an empty one is left out", () => {
    const both = ofLine({ "laterBudget[0]": "", "laterBudget[1]": "7,50" });
    expect(both.status === "success" && both.value.later).toEqual([{ year: 2028, budgetCents: 750 }]);
    const wrong = ofLine({ "laterBudget[0]": "-1" });
    expect(wrong.reply().error).toMatchObject({ "laterBudget[0]": ["amount_invalid"] });
  });

  it("a line of a year that the ledger does not take is refused at its own field", () => {
    const late = ofLine({ year: "2099", "laterBudget[0]": "1,00", "laterBudget[1]": "1,00" });
    expect(late.reply().error).toEqual({ "laterBudget[1]": ["year_too_late"] });
    const last = ofLine({ year: "2100", "laterBudget[0]": "", "laterBudget[1]": "" });
    expect(last.status === "success" && last.value.later).toEqual([]);
  });

  it("money names another line with each other amount", () => {
    const two = ofMoney({ "laterLine[0]": "c", "laterAmount[0]": "3,00", "laterLine[1]": "" });
    expect(two.status === "success" && two.value.later).toEqual([{ line: "c", amountCents: 300 }]);
    const none = ofMoney({});
    expect(none.status === "success" && none.value.later).toEqual([]);
    for (const [more, error] of [
      [{ "laterAmount[0]": "3,00" }, { "laterLine[0]": ["required"] }],
      [{ "laterLine[1]": "c" }, { "laterAmount[1]": ["required"] }],
      [{ "laterLine[0]": "c", "laterAmount[0]": "x" }, { "laterAmount[0]": ["amount_invalid"] }],
      [{ "laterLine[0]": "a", "laterAmount[0]": "1" }, { "laterLine[0]": ["line_twice"] }],
    ] as const)
      expect(ofMoney(more).reply().error).toMatchObject(error);
  });
});
