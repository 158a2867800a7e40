import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, it } from "vitest";
import { planSchema } from "./schema";

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
