/** For whom a verified milestone waits, and how long each step took, while somebody objects to its verification. */
import { beforeAll, expect, it } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { commitment, plan, withActive } from "@/chaincode/testing/pact-story";
import { people, person } from "@/chaincode/testing/people";
import { projectCity } from "../open-data/project-city";
import { RecordedCity } from "../open-data/recorded-city";
import { serverActions } from "./actions/request";
import { settle, torino } from "./actions/town";

const { db } = await serverActions();
const { longestWaits, stepTimesOf } = await import("@/features/control-room/waits-queries");
const { viewOf } = await import("@/features/control-room/view");
const { stoppedMoney } = await import("@/features/office/stopped-queries");

const id = "commitment-1-m1";
const another = person("another-neighbour", "resident", "Case");
const days = {
  ...{ verified: "2026-02-07", first: "2026-02-09", second: "2026-02-11", dismissed: "2026-02-15" },
  ...{ answered: "2026-02-18", accepted: "2026-02-26" },
};

beforeAll(async () => {
  await settle(db);
  const city = await RecordedCity.founded();
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([600_000]));
  await city.submit(people.resident, "milestones:submitEvidence", { id, evidence: [digest("photo")] });
  const object = (of: string) => ({ id: of, milestone: id, digest: digest(of) });
  const dismiss = (of: string) => ({ id, objection: of, upheld: false, digest: digest(`no ${of}`) });
  await city.advanceTo(days.verified);
  await city.submit(people.coordinator, "milestones:verify", { id, reportHash: digest("visit") });
  await city.advanceTo(days.first);
  await city.submit(people.neighbour, "milestones:object", object("first"));
  await city.advanceTo(days.second);
  await city.submit(another, "milestones:object", object("second"));
  await projectCity(db, city);
  await db.pact.create({
    data: {
      ...{ municipality: torino, id: "pact-garden", slug: "garden", title: "Giardino", form: "ordinary" },
      ...{ proposal: "garden", commons: "commons-garden", content: {}, parties: [], createdBy: "anna" },
      ...{ startsOn: "2026-02-06", endsOn: "2027-02-05" },
    },
  });
  const { items } = await stoppedMoney(torino, 1);
  expect(items).toMatchObject([{ id, transaction: "milestones:decideObjection", offices: ["guarantor"] }]);
  const before = city.events.length;
  await city.advanceTo(days.dismissed);
  await city.submit(people.guarantor, "milestones:decideObjection", dismiss("first"));
  await city.advanceTo(days.answered);
  await city.submit(people.guarantor, "milestones:decideObjection", dismiss("second"));
  await city.advanceTo(days.accepted);
  await city.submit(people.officer, "milestones:accept", { id, acceptedCents: 600_000 });
  await projectCity(db, city, before);
});

const scopeOn = (day: string) => ({ municipality: torino, day, view: viewOf({}) });
const accepting = { transaction: "milestones:accept", offices: ["responsible_officer"] };
const deciding = { transaction: "milestones:decideObjection", offices: ["guarantor"] };

it.each([
  [days.verified, accepting, days.verified],
  [days.first, deciding, days.first],
  // The first of those that nobody has decided.
  [days.second, deciding, days.first],
  [days.dismissed, deciding, days.second],
  [days.answered, accepting, days.answered],
])("on %s it waits for one office", async (day, step, since) => {
  expect(await longestWaits(scopeOn(day), 10)).toMatchObject([{ id, since, ...step }]);
  const waiting = (await stepTimesOf(scopeOn(day))).filter((one) => one.waiting > 0);
  expect(waiting).toMatchObject([{ ...step, waiting: 1, oldest: since, waitingCents: 600_000n }]);
});

it("counts the days of each office from when it could act", async () => {
  const times = await stepTimesOf(scopeOn(days.accepted));
  const of = (name: string) => times.find(({ transaction }) => transaction === name);
  expect(await longestWaits(scopeOn(days.accepted), 10)).toEqual([]);
  expect(of("milestones:decideObjection")).toMatchObject({ done: 1, medianDays: 7, waiting: 0 });
  expect(of("milestones:accept")).toMatchObject({ done: 1, medianDays: 8, waiting: 0 });
});
