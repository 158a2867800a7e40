import { describe, expect, test } from "vitest";
import type { RecordOf } from "@/protocol/records";
import { type RegistrarFacts, registrarTasks, type TaskName } from "./registrar-tasks";

const digest = "a".repeat(64);
const keys = [1, 2, 3].flatMap((issuer) => [
  { issuer, area: 1 },
  ...(issuer === 1 ? [{ issuer, area: 0 }] : []),
]);
const gathered = {
  ...{ municipality: "001272", id: "round", call: "call", state: "frozen", leastPlaces: 1, groupSize: 20 },
  areas: [{ number: 1, size: 40, districts: [{ id: "all", size: 40, root: digest }] }],
  ...{ graceMinutes: 120, publishDays: 7, noticeHours: 0, bundle: digest },
  ...{ announcedBy: { organisation: "Comune", person: "p" }, announcedOn: "2026-05-01", released: [] },
  ties: [1, 2, 3].map((issuer) => ({ issuer, commitment: digest, reveal: digest })),
  services: { relay: digest, copyKeeper: digest, opener: digest },
  trustees: (["Comune", "Case", "Garanti"] as const).map((organisation) => ({
    ...{ organisation, person: organisation, key: digest },
  })),
} as unknown as RecordOf<"sealing">;

const told = (issuer: number, day: string, count = 40) =>
  ({
    ...{ municipality: "001272", round: "round", issuer, day, issued: [{ area: 1, count }], root: digest },
    ...{ refused: 20, waiting: 0, paper: 20 },
  }) as RecordOf<"issuance">;

const facts = (changes: Partial<RegistrarFacts> = {}): RegistrarFacts => ({
  ...{ sealing: gathered, keys, issuances: [], opensOn: "2026-06-01", isRunning: true, day: "2026-06-03" },
  // 23:00 in Italy: with the two hours after it the reception ends on the next day.
  ...{ closesAt: new Date("2026-06-10T21:00:00Z"), now: new Date("2026-06-03T08:00:00Z") },
  ...changes,
});
const statesOf = (name: TaskName, given: RegistrarFacts) =>
  registrarTasks(given).flatMap((task) => (task.name === name ? [`${task.organisation} ${task.state}`] : []));
const after = { day: "2026-06-11", now: new Date("2026-06-11T08:00:00Z") };

test("before the freeze only keys are owed, until the vote is to open", () => {
  const gathering = { ...gathered, state: "gathering" } as typeof gathered;
  const missing = facts({ sealing: gathering, keys: keys.slice(0, -1), isRunning: false, day: "2026-05-20" });
  expect(registrarTasks(missing).map(({ name }) => name)).toEqual(["keys", "keys", "keys"]);
  expect(statesOf("keys", missing)).toEqual(["Comune done", "Case done", "Garanti waiting"]);
  expect(statesOf("keys", { ...missing, day: "2026-06-02" })).toContain("Garanti late");
});

describe("counts", () => {
  test("are owed each day, and late when a whole day is missing", () => {
    const given = facts({ issuances: [told(1, "2026-06-03"), told(2, "2026-06-02"), told(3, "2026-06-01")] });
    expect(statesOf("daily", given)).toEqual(["Comune done", "Case waiting", "Garanti late"]);
  });

  test("are shown as they were told last, with refusals and marks for paper", () => {
    const given = facts({ issuances: [told(1, "2026-06-03", 60), told(1, "2026-06-02", 40)] });
    const daily = registrarTasks(given).find(({ name }) => name === "daily");
    expect(daily?.told).toEqual({ day: "2026-06-03", issued: 60, refused: 20, waiting: 0, paper: 20 });
  });

  test("of the last day are owed once the vote is over", () => {
    expect(statesOf("last", facts())).toEqual(["Comune later", "Case later", "Garanti later"]);
    const over = facts({ ...after, issuances: [told(1, "2026-06-11"), told(2, "2026-06-09")] });
    expect(statesOf("last", over)).toEqual(["Comune done", "Case waiting", "Garanti waiting"]);
    expect(statesOf("last", { ...over, day: "2026-06-12" })).toContain("Case late");
  });
});

test("a vote that a trial tells in past days is over when the chain's day says so", () => {
  const told = facts({ now: new Date("2027-01-01T08:00:00Z") });
  expect(statesOf("reception", told)).toEqual(["Comune later", "Case later"]);
  expect(statesOf("last", told)).toContain("Case later");
});

describe("after the closing", () => {
  test("relay and copy-keeper owe the end of the reception by the end of the time after the closing", () => {
    expect(statesOf("reception", facts())).toEqual(["Comune later", "Case later"]);
    expect(statesOf("reception", facts(after))).toEqual(["Comune waiting", "Case waiting"]);
    expect(statesOf("reception", facts({ ...after, day: "2026-06-12" }))).toEqual([
      "Comune late",
      "Case late",
    ]);
    const ended = { ...gathered, reception: { count: 1 } } as unknown as typeof gathered;
    expect(statesOf("reception", facts({ ...after, sealing: ended }))).toEqual(["Comune done", "Case done"]);
  });

  test("the opener owes the publication within the frozen days, and trustees their keys after it", () => {
    const listed = { ...gathered, list: { count: 1 } } as unknown as typeof gathered;
    const given = facts({ ...after, sealing: listed });
    expect(statesOf("publication", given)).toEqual(["Garanti waiting"]);
    expect(statesOf("publication", { ...given, day: "2026-06-19" })).toEqual(["Garanti late"]);
    expect(statesOf("release", given)).toEqual(["Comune later", "Case later", "Garanti later"]);
    const published = { ...listed, state: "published", publication: { published: 1 } };
    const one = { ...published, released: [{ organisation: "Case" }] } as unknown as typeof gathered;
    expect(statesOf("release", facts({ ...after, sealing: one }))).toEqual([
      ...["Comune waiting", "Case done", "Garanti waiting"],
    ]);
  });
});
