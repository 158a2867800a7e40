import { describe, expect, test } from "vitest";
import { City } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest, VoterKey } from "../../testing/keys";
import { people } from "../../testing/people";
import { storyFounding } from "../../testing/register";
import {
  admission,
  drawAndOpen,
  reveal,
  round,
  voters,
  withAdmitted,
  withAssessment,
  withOpenRound,
  withRegistrar,
} from "../../testing/story";
import { firstFinalDay, lastObjectionDay } from "./counting";

const id = "round-2026";
const ids = ["garden", "library"];
const [first = new VoterKey("v1")] = voters;
const late = new VoterKey("late");
const vote = (seq: number) => ({ round: id, ballots: [first.ballot(id, seq, [1])] });
/** The closing instant of the story's round; the second endorser of each transaction is a millisecond ahead. */
const closing = Date.parse("2026-02-10T20:00:00Z");

/** A municipality that is no trial, with a round open since 1 February. */
async function withOwnClock(): Promise<City> {
  const city = await City.founded(storyFounding({ objectionDays: 5 }, false));
  city.now = Date.parse("2026-02-01T08:00:00Z");
  await withAdmitted(city, ids);
  await withRegistrar(city);
  await city.submit(people.officer, "rounds:freeze", round(ids, { objectionDays: 5 }));
  return city;
}

describe("the frozen instant binds whoever endorses, though nobody closes or advances the day", () => {
  test("votes are taken until it and not from it on", async () => {
    const city = await withOwnClock();
    await drawAndOpen(city);
    await city.submit(people.registrar, "rounds:admit", admission());
    city.now = closing - 2;
    await city.simulate(people.casting, "rounds:cast", vote(1));
    city.now = closing;
    expect(await city.refused(people.casting, "rounds:cast", vote(1))).toMatchObject({
      code: "too_late",
      params: { day: "2026-02-10" },
    });
    city.now = Date.parse("2026-06-01T08:00:00Z");
    expect(await city.refusal(people.casting, "rounds:cast", vote(1))).toBe("too_late");
  });

  test("keys are admitted until it and not from it on", async () => {
    const city = await withOwnClock();
    await drawAndOpen(city);
    city.now = closing - 2;
    await city.simulate(people.registrar, "rounds:admit", admission([late], [9]));
    city.now = closing;
    expect(await city.refusal(people.registrar, "rounds:admit", admission([late], [9]))).toBe("too_late");
  });

  test("a round is neither opened nor frozen after it", async () => {
    const city = await withOwnClock();
    await city.submit(people.service, "rounds:draw", { id, contribution: digest("number") });
    city.now = closing;
    expect(await city.refusal(people.officer, "rounds:open", { id, reveal })).toBe("too_late");

    const other = await City.founded(storyFounding({ objectionDays: 5 }, false));
    other.now = Date.parse("2026-02-01T08:00:00Z");
    await withAdmitted(other, ids);
    other.now = closing;
    const frozen = round(ids, { objectionDays: 5 });
    expect(await other.refusal(people.officer, "rounds:freeze", frozen)).toBe("too_late");
  });

  test("a vote that opens late by the clock does not last less, whatever the chain's day says", async () => {
    const city = await withOwnClock();
    await city.submit(people.service, "rounds:draw", { id, contribution: digest("number") });
    city.now = Date.parse("2026-02-03T22:59:59Z");
    await city.simulate(people.officer, "rounds:open", { id, reveal });
    city.now = Date.parse("2026-02-03T23:00:00Z");
    expect(await city.refused(people.officer, "rounds:open", { id, reveal })).toMatchObject({
      code: "too_late",
      params: { day: "2026-02-03" },
    });
  });

  test("nor opened on its last day after it, where a vote may be as short as that", async () => {
    const city = await City.founded(storyFounding({ votingDays: 0 }));
    await withAdmitted(city, ids);
    await city.submit(people.officer, "rounds:freeze", round(ids));
    await city.submit(people.service, "rounds:draw", { id, contribution: digest("number") });
    await city.advanceTo("2026-02-10");
    city.now = closing - 2;
    await city.simulate(people.officer, "rounds:open", { id, reveal });
    city.now = closing;
    expect(await city.refusal(people.officer, "rounds:open", { id, reveal })).toBe("too_late");
  });

  test("in a trial it binds once the chain's day has caught up with the clock", async () => {
    const city = await City.after((story) => withOpenRound(story, ids));
    await city.simulate(people.casting, "rounds:cast", vote(1));
    await city.advanceTo("2026-02-10");
    await city.simulate(people.casting, "rounds:cast", vote(1));
    city.now = closing - 2;
    await city.simulate(people.casting, "rounds:cast", vote(1));
    city.now = closing;
    expect(await city.refusal(people.casting, "rounds:cast", vote(1))).toBe("too_late");
  });
});

describe("a term includes its last day", () => {
  test("of voting and of admissions", async () => {
    const city = await City.after((story) => withOpenRound(story, ids));
    await city.advanceTo("2026-02-10");
    await city.simulate(people.casting, "rounds:cast", vote(1));
    await city.simulate(people.registrar, "rounds:admit", admission([late], [9]));
    await city.advanceTo("2026-02-11");
    expect(await city.refusal(people.casting, "rounds:cast", vote(1))).toBe("too_late");
    expect(await city.refusal(people.registrar, "rounds:admit", admission([late], [9]))).toBe("too_late");
  });

  test("of completing a proposal; then it is judged as it stands, or more time is given", async () => {
    const city = await City.after(withAssessment);
    const ask = (dueOn: string) =>
      city.submit(people.technician, "proposals:requestIntegration", {
        id: "garden",
        reasonDigest: digest("an estimate is missing"),
        dueOn,
      });
    const complete = { id: "garden", digest: digest("v2"), attachments: [], costCents: 1 };
    await ask("2026-02-02");
    await city.advanceTo("2026-02-02");
    await city.simulate(people.resident, "proposals:integrate", complete);
    await city.advanceTo("2026-02-03");
    expect(await city.refusal(people.resident, "proposals:integrate", complete)).toBe("too_late");
    await city.simulate(people.officer, "proposals:startAssessment", { id: "garden" });
    await city.simulate(people.officer, "proposals:reject", {
      ...{ id: "garden", act: act("not completed"), reasonDigest: digest("why") },
    });
    await ask("2026-02-04");
    await city.submit(people.resident, "proposals:integrate", complete);
    expect(city.record("proposal", "garden")).toMatchObject({ state: "under_assessment", version: 2 });
  });

  test("of objecting: five days after the 1st it is the 6th, and the result is final from the 7th", () => {
    const attested = { attestedOn: "2026-02-01", objectionDays: 5 };
    expect(lastObjectionDay(attested)).toBe("2026-02-06");
    expect(firstFinalDay(attested)).toBe("2026-02-07");
    expect(firstFinalDay({ ...attested, objectionDays: 0 })).toBe("2026-02-01");
    expect(firstFinalDay({ objectionDays: 5 })).toBeUndefined();
  });

  test("of a call: its last day still takes proposals", async () => {
    const { withCall, proposal } = await import("../../testing/story");
    const city = await City.after(withCall);
    await city.advanceTo("2026-01-31");
    await city.simulate(people.resident, "proposals:submit", proposal("garden"));
    await city.simulate(people.officer, "calls:extend", {
      ...{ id: "call-2026", closesOn: "2026-02-01", act: act("more time") },
    });
    await city.advanceTo("2026-02-01");
    expect(await city.refusal(people.resident, "proposals:submit", proposal("garden"))).toBe("call_closed");
  });
});
