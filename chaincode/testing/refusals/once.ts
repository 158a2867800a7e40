/** What counts once: evidence, numbers of orders, receipts, commands; and what is whose to correct. */
import type { City } from "../city";
import { digest } from "../keys";
import {
  commitment,
  pact,
  pactAct,
  payAct,
  plan,
  withAccepted,
  withActive,
  withDraft,
  withOrdered,
} from "../pact-story";
import { people, person, torino } from "../people";
import { founded, type Refusal, refuses } from "./case";

const m2 = "commitment-1-m2";
const outcome = { reference: "CRO 1", on: "2026-02-16", documentHash: digest("receipt") };
const reasonDigest = digest("reason");
const document = { id: "document-1", kind: "other" as const, hash: digest("x") };

/** The story's first payment is ordered, with a second milestone accepted and its payment brought as far as to liquidation. */
async function withSecondLiquidated(city: City): Promise<void> {
  await withOrdered(city);
  await city.submit(people.resident, "milestones:submitEvidence", { id: m2, evidence: [digest("photo 2")] });
  await city.submit(people.coordinator, "milestones:verify", { id: m2, reportHash: digest("visit 2") });
  await city.advanceTo("2026-03-01");
  await city.submit(people.officer, "milestones:accept", { id: m2, acceptedCents: 400_000 });
  const id = "payment-2";
  await city.submit(people.resident, "payments:request", { id, milestone: m2, amountCents: 400_000 });
  await city.submit(people.officer, "payments:check", { id });
  await city.submit(people.accountant, "payments:liquidate", {
    id,
    act: { ...payAct("liquidation 2"), date: "2026-03-01" },
  });
}
/** The number of another payment's order, as versions kept it that did not read it. */
async function keptAsWritten(city: City, orderNumber: string): Promise<void> {
  const key = digest(`2026\n${orderNumber.toUpperCase().replaceAll(" ", "")}`);
  const simulation = city.state.simulate();
  await simulation.put([torino, "order_number", key], JSON.stringify({ payment: "payment-0" }));
  city.state.commit(simulation);
}
async function withSecondOrdered(city: City): Promise<void> {
  await withSecondLiquidated(city);
  await city.submit(people.secondAccountant, "payments:order", { id: "payment-2", orderNumber: "2/2026" });
  await city.submit(people.treasurer, "payments:recordPaid", { id: "payment-1", ...outcome });
}
const second = { id: "payment-2", on: "2026-03-01" };
const free = (changes: object) =>
  refuses(
    "over_free",
    `releasing what is not free: ${Object.keys(changes).join(", ")}`,
    { at: withAccepted },
    people.officer,
    "funds:release",
    { ...{ commitment: "commitment-1", amountCents: 1, reasonDigest, act: payAct("release") }, ...changes },
  );

export const onceRefusals: Refusal[] = [
  refuses(
    "evidence_used",
    "the same evidence for two milestones",
    { at: withAccepted },
    people.resident,
    "milestones:submitEvidence",
    { id: m2, evidence: [digest("more"), digest("photo")] },
  ),
  ...["1234/2026", "1234 / 2026", "1234", "01234", "2026/1234", "1234-1", "Mandato n. 1234"].map(
    (orderNumber) =>
      refuses(
        "order_number_used",
        `one order for two payments, written ${orderNumber}`,
        { at: withSecondLiquidated },
        people.secondAccountant,
        "payments:order",
        { id: "payment-2", orderNumber },
      ),
  ),
  ...["1234", "Mandato 1234", "1234 BIS"].map((orderNumber) =>
    refuses(
      "order_number_used",
      `one order for two payments, kept by a version of before as it was written, ${orderNumber}`,
      { at: withSecondLiquidated, before: (city) => keptAsWritten(city, orderNumber) },
      people.secondAccountant,
      "payments:order",
      { id: "payment-2", orderNumber },
    ),
  ),
  ...["9", "9/2026", "2026/9"].map((before) =>
    refuses(
      "order_number_used",
      `one order for two payments, kept by a version of before as ${before}`,
      { at: withSecondLiquidated, before: (city) => keptAsWritten(city, before) },
      people.secondAccountant,
      "payments:order",
      { id: "payment-2", orderNumber: "Mandato 009" },
    ),
  ),
  refuses(
    "receipt_used",
    "one reference of the treasury for two payments",
    { at: withSecondOrdered },
    people.treasurer,
    "payments:recordPaid",
    { ...second, reference: "cro 1", documentHash: digest("another receipt") },
  ),
  refuses(
    "receipt_used",
    "one receipt for two payments",
    { at: withSecondOrdered },
    people.treasurer,
    "payments:recordReturned",
    { ...second, reference: "CRO 2", documentHash: outcome.documentHash },
  ),
  refuses(
    "receipt_used",
    "a recovery proved by the receipt of the payment",
    { at: withSecondOrdered },
    people.treasurer,
    "payments:recover",
    { id: "payment-1", amountCents: 1, reference: "R 1", documentHash: outcome.documentHash },
  ),
  refuses(
    "invalid_input",
    "a command in capital letters",
    { at: founded, params: { path: "command", problem: "invalid_format" } },
    people.service,
    "municipality:advanceDay",
    { command: "7B1C4F3E-6D0A-4B52-9E0B-3F6F6F1C2D11", day: "2026-01-02" },
  ),
  refuses(
    "not_yours_to_correct",
    "a resident correcting an office's document",
    { at: founded, before: (city) => city.submit(people.officer, "documents:record", document) },
    people.resident,
    "documents:record",
    { ...document, id: "document-2", corrects: "document-1" },
  ),
  refuses(
    "not_yours_to_correct",
    "a resident correcting another's document",
    { at: founded, before: (city) => city.submit(people.neighbour, "documents:record", document) },
    people.resident,
    "documents:record",
    { ...document, id: "document-2", corrects: "document-1" },
  ),
  refuses(
    "not_yours_to_correct",
    "an officer correcting, as a resident, what their office recorded",
    { at: founded, before: (city) => city.submit(people.officer, "documents:record", document) },
    person(people.officer.person, "resident", "Case"),
    "documents:record",
    { ...document, id: "document-2", corrects: "document-1" },
  ),
  refuses(
    "not_yours_to_correct",
    "one office correcting another's document",
    { at: founded, before: (city) => city.submit(people.officer, "documents:record", document) },
    people.coordinator,
    "documents:record",
    { ...document, id: "document-2", corrects: "document-1" },
  ),
  refuses(
    "invalid_input",
    "a resident recording an act",
    { at: founded, params: { path: "kind" } },
    people.resident,
    "documents:record",
    { ...document, kind: "act" },
  ),
  free({}),
  free({ milestone: "commitment-1-m1", amountCents: 600_001 }),
  free({ milestone: m2 }),
  refuses(
    "invalid_input",
    "releasing from a milestone of another commitment",
    {
      at: async (city) => {
        await withActive(city);
        for (const id of ["commitment-1", "commitment-2"]) {
          await city.submit(people.officer, "funds:commit", commitment({ id, amountCents: 400_000 }));
          await city.submit(people.officer, "funds:planMilestones", plan([400_000], id));
        }
      },
      params: { path: "milestone" },
    },
    people.officer,
    "funds:release",
    {
      ...{ commitment: "commitment-1", milestone: "commitment-2-m1", amountCents: 1, reasonDigest },
      act: { ...payAct("release"), date: "2026-02-06" },
    },
  ),
  refuses(
    "wrong_state",
    "settling under a pact in force",
    { at: withAccepted, params: { id: "pact-garden", state: "active" } },
    people.giunta,
    "funds:allowSettlement",
    { commitment: "commitment-1", act: payAct("settlement") },
  ),
  refuses(
    "already_exists",
    "settling twice",
    {
      at: withAccepted,
      before: async (city) => {
        await city.submit(people.officer, "pacts:terminate", { id: "pact-garden", reasonDigest });
        const settlement = { commitment: "commitment-1", act: payAct("settlement") };
        await city.submit(people.giunta, "funds:allowSettlement", settlement);
      },
    },
    people.giunta,
    "funds:allowSettlement",
    { commitment: "commitment-1", act: payAct("settlement") },
  ),
  refuses(
    "invalid_input",
    "replacing a representative by themselves",
    { at: withActive, params: { path: "representative" } },
    people.officer,
    "subjects:replaceRepresentative",
    { id: "garden-friends", representative: people.resident.person, act: pactAct("x") },
  ),
  refuses(
    "too_many",
    "more milestones than a commitment holds",
    {
      at: async (city) => {
        await withActive(city);
        await city.submit(people.officer, "funds:commit", commitment());
        for (let part = 0; part < 4; part += 1)
          await city.submit(people.officer, "funds:planMilestones", many(part));
      },
      params: { limit: 200 },
    },
    people.officer,
    "funds:planMilestones",
    { commitment: "commitment-1", reports: [], milestones: many(4).milestones.slice(0, 1) },
  ),
  refuses(
    "too_many",
    "more reports than a commitment owes",
    {
      at: async (city) => {
        await withActive(city);
        await city.submit(people.officer, "funds:commit", commitment());
        for (let part = 0; part < 3; part += 1)
          await city.submit(people.officer, "funds:planMilestones", owed(part));
      },
      params: { limit: 60 },
    },
    people.officer,
    "funds:planMilestones",
    { ...owed(3), reports: owed(3).reports.slice(0, 1) },
  ),
  refuses(
    "too_many",
    "more versions than a pact has",
    {
      at: withDraft,
      before: async (city) => changed(city, ["pact", "pact-garden"], { version: 999 }),
      params: { limit: 999 },
    },
    people.coordinator,
    "pacts:revise",
    revision(),
  ),
];

function many(part: number) {
  const milestones = Array.from({ length: 50 }, (_, index) => ({
    ...{ id: `m-${part}-${index}`, dueOn: "2026-05-01", amountCents: 1, digest: digest("m") },
  }));
  return { commitment: "commitment-1", milestones, reports: [] };
}

function owed(part: number) {
  const reports = Array.from({ length: 20 }, (_, index) => ({
    ...{ id: `r-${part}-${index}`, kind: "annual" as const, dueOn: "2026-05-01" },
  }));
  return { commitment: "commitment-1", milestones: [], reports };
}

function revision() {
  const { id, documentHash, parties, startsOn, endsOn } = pact();
  return { id, documentHash, parties, startsOn, endsOn };
}

/** Writes a record with some members changed, as no transaction of this code would. */
async function changed(city: City, [type, id]: [string, string], changes: object): Promise<void> {
  const simulation = city.state.simulate();
  const key = [torino, type, id] as const;
  const record = JSON.parse((await simulation.get(key)) ?? "null") as object;
  await simulation.put(key, JSON.stringify({ ...record, ...changes }));
  city.state.commit(simulation);
}
