/** What is not carried over to another year, and what a year that is over does not take any more. */

import type { City } from "../city";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import {
  commitment,
  line,
  pactAct,
  payAct,
  plan,
  withAccepted,
  withActive,
  withLiquidated,
  withOrdered,
} from "../pact-story";
import { people, person, torino } from "../people";
import { afterTheTurn, carrying, insured, withCarriedOver, withYearOver, yearAct } from "../year-story";
import { type Refusal, refuses } from "./case";

const reasonDigest = digest("reason");
const second = "commitment-1-m2";
const openLine = (changes: Parameters<typeof line>[0]) => (city: City) =>
  city.submit(people.officer, "funds:openLine", line(changes));
/** A commitment with money that nothing plans yet, in the year that comes. */
const unplanned = async (city: City) => {
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await insured(city);
  await city.advanceTo("2027-01-11");
};
/** Work that was handed in and looked at after the turn of the year. */
const doneLater = async (city: City) => {
  await city.submit(people.resident, "milestones:submitEvidence", { id: second, evidence: [digest("late")] });
  await city.submit(people.coordinator, "milestones:verify", { id: second, reportHash: digest("visit") });
  await city.advanceTo("2027-01-22");
};

/** Work that was looked at, for money of the year that comes. */
const committedAhead = async (city: City) => {
  await openLine({ id: "line-2027", year: 2027 })(city);
  const beyond = { id: "garden", costCents: 1_000_000, beneficiaries: [], act: pactAct("ahead") };
  await city.submit(people.giunta, "proposals:allowBeyond", { ...beyond, lines: ["line-2027"] });
  await city.submit(people.officer, "funds:commit", commitment({ line: "line-2027" }));
  await city.submit(people.officer, "funds:planMilestones", plan([600_000]));
  const id = "commitment-1-m1";
  await city.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("early")] });
  await city.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit") });
  await city.advanceTo("2026-02-16");
};
/** A payment of what was accepted too early, as a version of before allowed it. */
const checkedAhead = async (city: City) => {
  const payment = { id: "payment-1", milestone: "commitment-1-m1", amountCents: 600_000 };
  await city.submit(people.resident, "payments:request", payment);
  await city.submit(people.officer, "payments:check", { id: "payment-1" });
  await asOfNextYear(city);
};
async function asOfNextYear(city: City): Promise<void> {
  const simulation = city.state.simulate();
  const record = { ...city.record("budget_line", "line-2026"), year: 2027 };
  await simulation.put([torino, "budget_line", "line-2026"], JSON.stringify(record));
  city.state.commit(simulation);
}

const cases: Refusal[] = [
  refuses(
    "year_not_begun",
    "accepting work for money of a year that comes",
    { at: withActive, before: committedAhead, params: { year: 2027 } },
    people.officer,
    "milestones:accept",
    { id: "commitment-1-m1", acceptedCents: 600_000 },
  ),
  refuses(
    "year_not_begun",
    "liquidating money of a year that comes",
    { at: withAccepted, before: checkedAhead, params: { year: 2027 } },
    people.accountant,
    "payments:liquidate",
    { id: "payment-1", act: payAct("liquidation") },
  ),
  refuses(
    "year_not_begun",
    "ordering money of a year that comes",
    { at: withLiquidated, before: asOfNextYear, params: { year: 2027 } },
    people.secondAccountant,
    "payments:order",
    { id: "payment-1", orderNumber: "1234/2026" },
  ),
  ...(["responsible_officer", "treasurer", "giunta"] as const).map((role) =>
    refuses(
      "wrong_role",
      `carrying over as ${role}`,
      { at: withYearOver },
      person("somebody-else", role, "Comune"),
      "funds:carryOver",
      carrying(),
    ),
  ),
  refuses(
    "wrong_role",
    "carrying over as the resident who represents the beneficiary",
    { at: withYearOver },
    people.resident,
    "funds:carryOver",
    carrying(),
  ),
  refuses(
    "year_not_over",
    "carrying over on the last day of the year",
    {
      at: withOrdered,
      before: async (city) => {
        await insured(city);
        await openLine({ id: "line-2027", year: 2027 })(city);
        await city.advanceTo("2026-12-31");
      },
      params: { day: "2027-01-01" },
    },
    people.accountant,
    "funds:carryOver",
    carrying({ act: pactAct("early") }),
  ),
  refuses(
    "year_not_over",
    "carrying over again what was carried over to this year",
    { at: withCarriedOver, params: { day: "2028-01-01" } },
    people.accountant,
    "funds:carryOver",
    carrying({ id: "again", commitment: "commitment-2027" }),
  ),
  refuses(
    "line_not_of_year",
    "carrying over into the year that is over",
    {
      at: withYearOver,
      before: openLine({ id: "other-2026" }),
      params: { year: 2027 },
    },
    people.accountant,
    "funds:carryOver",
    carrying({ line: "other-2026" }),
  ),
  refuses(
    "line_not_of_year",
    "carrying over into a year that has not begun",
    { at: withYearOver, before: openLine({ id: "line-2028", year: 2028 }), params: { year: 2027 } },
    people.accountant,
    "funds:carryOver",
    carrying({ line: "line-2028" }),
  ),
  refuses(
    "other_fund",
    "carrying over to a line of another fund",
    {
      at: withYearOver,
      before: openLine({ id: "other-fund", year: 2027, fund: "Altro fondo" }),
      params: { fund: "Fondo di prova" },
    },
    people.accountant,
    "funds:carryOver",
    carrying({ line: "other-fund" }),
  ),
  refuses(
    "other_fund",
    "carrying invented money over to a line that is not invented",
    { at: withYearOver, before: openLine({ id: "true-2027", year: 2027, fictional: false }) },
    people.accountant,
    "funds:carryOver",
    carrying({ line: "true-2027" }),
  ),
  refuses(
    "line_year_over",
    "putting back on last year's line what it has carried over",
    { at: withCarriedOver, params: { year: 2026 } },
    people.officer,
    "funds:changeBudget",
    { id: "line-2026", budgetCents: 5_000_000, act: yearAct("variation") },
  ),
  refuses(
    "report_overdue",
    "asking for what last year accepted while a report of this year is late",
    {
      at: withCarriedOver,
      before: async (city) => {
        const report = { id: "report-2027", kind: "annual" as const, dueOn: "2027-02-01" };
        await city.submit(people.officer, "funds:planMilestones", {
          ...{ commitment: "commitment-2027", milestones: [], reports: [report] },
        });
        await city.advanceTo("2027-02-02");
      },
    },
    people.resident,
    "payments:request",
    { id: "payment-late", milestone: "commitment-1-m1", amountCents: 1 },
  ),
  refuses(
    "pact_term_over",
    "carrying over what nobody can spend, as the pact's term is over",
    {
      at: withOrdered,
      before: async (city) => {
        await insured(city);
        await openLine({ id: "line-2030", year: 2030 })(city);
        await city.advanceTo("2030-01-11");
      },
      params: { day: "2029-02-05" },
    },
    people.accountant,
    "funds:carryOver",
    carrying({ line: "line-2030", act: act("late", "determina", "2030-01-11") }),
  ),
  refuses(
    "other_fund",
    "carrying investments over to current spending",
    { at: withYearOver, before: openLine({ id: "current-2027", year: 2027, kind: "current" }) },
    people.accountant,
    "funds:carryOver",
    carrying({ line: "current-2027" }),
  ),
  refuses(
    "nothing_to_carry",
    "carrying over twice",
    { at: withCarriedOver },
    people.accountant,
    "funds:carryOver",
    carrying({ id: "twice" }),
  ),
  refuses(
    "nothing_to_carry",
    "carrying over a commitment of which everything was done or given back",
    {
      at: withYearOver,
      before: async (city) => {
        const authority = { reasonDigest, act: carrying().act };
        await city.submit(people.officer, "milestones:cancel", { id: second, ...authority });
        await city.submit(people.officer, "funds:release", {
          ...{ commitment: "commitment-1", amountCents: 400_000, ...authority },
        });
      },
    },
    people.accountant,
    "funds:carryOver",
    carrying(),
  ),
  ...[399_999, 400_001, 1_000_000].map((amountCents) =>
    refuses(
      "carry_differs",
      `carrying over ${amountCents} cents of a commitment that has 400000 left`,
      { at: withYearOver, params: { amountCents: 400_000 } },
      people.accountant,
      "funds:carryOver",
      carrying({ amountCents }),
    ),
  ),
  refuses(
    "before_its_step",
    "carrying over by an act of the year that it decides about",
    { at: withYearOver, params: { day: "2027-01-01" } },
    people.accountant,
    "funds:carryOver",
    carrying({ act: { ...carrying().act, date: "2026-12-31" } }),
  ),
  refuses(
    "already_exists",
    "carrying over to a commitment that is there",
    { at: withYearOver, params: { type: "commitment", id: "commitment-1" } },
    people.accountant,
    "funds:carryOver",
    carrying({ id: "commitment-1" }),
  ),
  refuses(
    "already_exists",
    "opening a line that is there by carrying over",
    { at: withYearOver, params: { type: "budget_line", id: "line-2027" } },
    people.accountant,
    "funds:carryOver",
    carrying({ name: "Beni comuni", year: 2027 }),
  ),
  refuses(
    "line_not_of_year",
    "opening a line of a year that has turned since the act was signed",
    { at: withYearOver, params: { year: 2027 } },
    people.accountant,
    "funds:carryOver",
    carrying({ line: "line-new", name: "Beni comuni", year: 2026 }),
  ),
  ...[{ name: "Beni comuni" }, { year: 2027 }].map((one) =>
    refuses(
      "invalid_input",
      `opening a line by carrying over that is told only by its ${Object.keys(one)}`,
      { at: withYearOver, params: { path: "year" } },
      people.accountant,
      "funds:carryOver",
      carrying({ line: "line-new", ...one }),
    ),
  ),
  refuses(
    "not_found",
    "carrying over to a line that is not there",
    { at: withYearOver },
    people.accountant,
    "funds:carryOver",
    carrying({ line: "no-line" }),
  ),
  refuses(
    "wrong_state",
    "carrying over what nobody can spend, as the pact has ended",
    {
      at: withYearOver,
      before: (city) => city.submit(people.officer, "pacts:terminate", { id: "pact-garden", reasonDigest }),
      params: { id: "pact-garden", state: "terminated" },
    },
    people.accountant,
    "funds:carryOver",
    carrying(),
  ),
  refuses(
    "not_carried_over",
    "accepting on a line of last year what was done after it",
    { at: withYearOver, before: doneLater, params: { year: 2026 } },
    people.officer,
    "milestones:accept",
    { id: second, acceptedCents: 400_000 },
  ),
  refuses(
    "line_year_over",
    "planning milestones on a line of last year",
    { at: unplanned, params: { year: 2026 } },
    people.officer,
    "funds:planMilestones",
    {
      ...plan([]),
      milestones: [{ id: "late", dueOn: "2027-05-01", amountCents: 1, digest: digest("late") }],
    },
  ),
  refuses(
    "line_year_over",
    "committing more money of a year that is over",
    { at: unplanned, params: { year: 2026 } },
    people.officer,
    "funds:commit",
    commitment({ id: "commitment-late", amountCents: 1 }),
  ),
];

/** The stories end in a year to which the endorser's clock has to have come. */
export const carryOverRefusals: Refusal[] = cases.map((refusal) => ({
  ...refusal,
  before: async (city) => {
    city.now = afterTheTurn;
    await refusal.before?.(city);
  },
}));
