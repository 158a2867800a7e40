/** What a pact's page says and offers of objections, of reductions and of their reasons, to each of those who read it. */
import { randomUUID } from "node:crypto";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { commitment, plan, withActive } from "@/chaincode/testing/pact-story";
import { people } from "@/chaincode/testing/people";
import type { Viewer } from "@/lib/permissions";
import italian from "@/messages/it.json";
import type { Organisation, Role } from "@/protocol/primitives";
import { projectCity } from "../open-data/project-city";
import { RecordedCity } from "../open-data/recorded-city";
import { serverActions } from "./actions/request";
import { settle, torino } from "./actions/town";

const { db } = await serverActions();
const { commitmentsOf } = await import("@/features/funds/commitment-queries");
const { MilestoneObjections, objectionTasks } = await import("@/features/funds/milestone-objections");
const { objectToMilestone, decideMilestoneObjection } = await import("@/features/funds/objection-service");
const { objectionsToMilestone } = await import("@/features/funds/objection-queries");
const { PaymentReasons } = await import("@/features/funds/payment-reasons");
const { milestoneTasks } = await import("@/features/funds/tasks");
const { keepText } = await import("@/features/documents/text-service");

const here = { istatCode: torino, slug: "torino" };
const id = "commitment-1-m1";
const city = await RecordedCity.founded();
let written = 0;

/** Writes what the city has done since. */
async function project(): Promise<void> {
  await projectCity(db, city, written);
  written = city.events.length;
}

const keep = (author: string, text: string, isPublic: boolean) =>
  keepText(db, { municipality: torino, author, text, public: isPublic });

beforeAll(async () => {
  await settle(db);
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000]));
  await city.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("photo")] });
  await city.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit") });
  await city.submit(people.neighbour, "milestones:object", {
    ...{ id: "objection-1", milestone: id },
    digest: await keep(people.neighbour.person, "La rampa non c’è.", false),
  });
  await project();
});

function viewer(person: string, role?: Role, organisation: Organisation = "Comune"): Viewer {
  const roles = role ? [{ municipality: torino, organisation, role }] : [];
  return { id: person, name: person, language: "it", roles };
}

const guarantor = viewer(people.guarantor.person, "guarantor", "Garanti");
const officer = viewer(people.officer.person, "responsible_officer");

async function shownTo(who: Viewer | undefined, isRepresentative = false) {
  const [found] = await commitmentsOf(here, "pact-garden", who);
  const [milestone] = found?.milestones ?? [];
  if (!milestone) throw new Error("the pact has no milestone");
  const pact = { id: "pact-garden", state: "active", isRepresentative, hasKey: true };
  const scene = { municipality: torino, pact, viewer: who, locale: "it" as const };
  const tasks = [...(await milestoneTasks(scene, milestone)), ...(await objectionTasks(scene, milestone))];
  return {
    milestone,
    tasks: tasks.map(({ key }) => key.replace(/-(commitment|objection)-.*/, "")),
    markup: await markupOf(await MilestoneObjections({ scene, milestone })),
  };
}

/** The markup of a server component, whose own parts are asked first. */
async function markupOf(node: ReactNode): Promise<string> {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="it" messages={italian as never} timeZone="Europe/Rome">
      {node}
    </NextIntlClientProvider>,
  );
}

describe("an objection that waits", () => {
  it("is for everybody by its state, and by its words for the guarantors and whoever wrote it", async () => {
    const { markup } = await shownTo(undefined);
    expect(markup).toContain("da decidere");
    expect(markup).not.toContain("La rampa");
    expect((await shownTo(officer)).markup).not.toContain("La rampa");
    expect((await shownTo(guarantor)).markup).toContain("La rampa non c’è.");
    expect((await shownTo(viewer(people.neighbour.person))).markup).toContain("La rampa non c’è.");
  });

  it("is decided by a guarantor, raised once by each resident, and keeps the work from being accepted", async () => {
    expect((await shownTo(guarantor)).tasks).toEqual(["decide", "object"]);
    expect((await shownTo(officer)).tasks).toEqual(["reject", "object"]);
    expect((await shownTo(viewer("another-resident"))).tasks).toEqual(["object"]);
    expect((await shownTo(viewer(people.neighbour.person))).tasks).toEqual([]);
    // Upholding one would answer one's own.
    expect((await shownTo(viewer(people.neighbour.person, "guarantor", "Garanti"))).tasks).toEqual([]);
    expect((await shownTo(viewer(people.resident.person), true)).tasks).toEqual([]);
    expect((await shownTo(undefined)).tasks).toEqual([]);
  });

  it("is told to whoever raised it in place of the form, and refused a second time before its words are kept", async () => {
    const { markup } = await shownTo(viewer(people.neighbour.person));
    expect(markup).toContain("Hai già presentato un’osservazione");
    expect((await shownTo(viewer("another-resident"))).markup).not.toContain("Hai già presentato");
    const kept = () => db.saltedText.count({ where: { author: people.neighbour.person } });
    const before = await kept();
    await expect(objectToMilestone(people.neighbour, id, "Di nuovo.", randomUUID())).rejects.toMatchObject({
      name: "ConflictError",
      code: "objection_of_yours",
    });
    const own = { upheld: true, reason: "È la mia.", objection: "objection-1" };
    const office = { ...people.guarantor, person: people.neighbour.person };
    await expect(decideMilestoneObjection(office, id, own, randomUUID())).rejects.toMatchObject({
      ...{ name: "ConflictError", code: "same_person" },
    });
    expect(await kept()).toBe(before);
  });

  it("is queued with the digest of its words and never the words", async () => {
    const resident = { ...people.neighbour, person: "another-resident" };
    const command = randomUUID();
    await objectToMilestone(resident, id, "Manca anche la luce.", command);
    const { input, transaction } = await db.outboxItem.findUniqueOrThrow({ where: { id: command } });
    expect(transaction).toBe("milestones:object");
    expect(JSON.stringify(input)).not.toContain("luce");
    const decision = { upheld: true, reason: "Visto.", objection: "nobody-s" };
    await expect(
      decideMilestoneObjection(people.guarantor, id, decision, randomUUID()),
    ).rejects.toMatchObject({ code: "objection_not_found" });
  });

  it("is answered for everybody, and the work is to be proved anew", async () => {
    await city.submit(people.guarantor, "milestones:decideObjection", {
      ...{ id, objection: "objection-1", upheld: true },
      digest: await keep(people.guarantor.person, "Visto sul posto.", true),
    });
    await project();
    const { markup, milestone, tasks } = await shownTo(undefined);
    expect(milestone.state).toBe("planned");
    expect(markup).toContain("accolta");
    expect(markup).toContain("Visto sul posto.");
    expect(tasks).toEqual([]);
    expect((await shownTo(viewer(people.resident.person), true)).tasks).toEqual(["evidence"]);
  });
});

it("a decision whose words are not for everybody is shown without them", async () => {
  const decided = (reason: string) => ({
    ...{ id: "o", person: "p", digest: digest("o"), raisedOn: "2026-02-06" },
    decision: { upheld: false, digest: reason, by: people.guarantor, on: "2026-02-07" },
  });
  const author = people.guarantor.person;
  const [open, closed] = [
    await keep(author, "Per tutti.", true),
    await keep(author, "Non per tutti.", false),
  ];
  const record = { ...city.record("milestone", id), objections: [decided(open), decided(closed)] };
  const reasons = async (who: Viewer | undefined) =>
    (await objectionsToMilestone(torino, record, who)).map(({ reason }) => reason);
  for (const who of [undefined, officer, guarantor]) expect(await reasons(who)).toEqual(["Per tutti.", null]);
});

it("a payment that was reduced says by how much and why to whoever asked for it", async () => {
  await city.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("photo")] });
  await city.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit") });
  await city.advanceTo("2026-02-20");
  await city.submit(people.officer, "milestones:accept", { id, acceptedCents: 600_000 });
  const request = { id: "payment-1", milestone: id, amountCents: 600_000 };
  await city.submit(people.resident, "payments:request", request);
  await city.submit(people.officer, "payments:reduce", {
    ...{ id: "payment-1", amountCents: 5_000 },
    reasonDigest: await keep(people.officer.person, "La rampa costa meno.", true),
  });
  await project();
  const [payment] = (await shownTo(undefined)).milestone.payments;
  const markup = await markupOf(
    await PaymentReasons({ municipality: torino, decided: payment?.decided ?? { reductions: [] } }),
  );
  expect(markup).toMatch(/Ridotto di 50,00/);
  expect(markup).toContain("La rampa costa meno.");
});
