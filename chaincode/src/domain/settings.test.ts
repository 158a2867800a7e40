import { expect, test } from "vitest";
import { City } from "../../testing/city";
import { act, registration } from "../../testing/founding-inputs";
import { people, torino } from "../../testing/people";
import { storyFounding } from "../../testing/register";
import { round, withAdmitted } from "../../testing/story";

const { settings } = registration({ leastAge: 18, objectionDays: 10, votingDays: 9 });

test("settings change when somebody of another organisation confirms them, and hold from then on", async () => {
  const city = await City.after((story) => withAdmitted(story, ["garden"]));
  await city.submit(people.officer, "rounds:freeze", round(["garden"]));
  await city.submit(people.administrator, "municipality:proposeSettings", {
    settings,
    act: act("settings", "delibera"),
  });
  expect(city.record("municipality", torino).settings).toEqual(registration().settings);
  await city.submit(people.guarantor, "municipality:confirmSettings", { settings });
  const changed = city.record("municipality", torino);
  expect(changed).toMatchObject({ settings, act: { number: "settings" } });
  expect(changed.proposedSettings).toBeUndefined();
  // What was frozen before keeps what it was frozen with.
  expect(city.record("round", "round-2026")).toMatchObject({
    ...{ leastAge: 16, objectionDays: 4, votingDays: 7 },
  });
});

test("a trial may be founded with terms of no days, nobody else", async () => {
  const city = await City.founded(storyFounding({ objectionDays: 0, votingDays: 0 }));
  expect(city.record("municipality", torino)).toMatchObject({
    ...{ trial: true, settings: { objectionDays: 0, votingDays: 0 } },
  });
  const other = await City.founded(storyFounding({ objectionDays: 5, votingDays: 5 }, false));
  expect(
    await other.refused(people.administrator, "municipality:proposeSettings", {
      settings: registration({ objectionDays: 4, votingDays: 5 }).settings,
      act: act("settings", "delibera"),
    }),
  ).toMatchObject({ code: "setting_below_floor", params: { setting: "objectionDays", least: 5 } });
});
