import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { seenBy } from "../../../protocol/acts/seen";
import { submissionFor } from "../../../protocol/acts/submission";
import { ActsCity } from "../../testing/acts-city";
import { type OfficeStep, untoldSteps } from "../../testing/office-steps";
import { withOrdered } from "../../testing/pact-story";
import { torino } from "../../testing/people";
import { type Loot, waysOfAThief } from "../../testing/stolen-server";
import { type Step, Witness } from "../../testing/witness";

let city: ActsCity;
let told: Step[] = [];
const tried = new Map<string, Set<string>>();

beforeAll(async () => {
  city = await ActsCity.ofTheStory();
  const witness = new Witness(city);
  await withOrdered(witness);
  const acts = witness.seen.filter(({ actor, name }) => submissionFor(name, actor.role) === "act");
  // A pact is signed by a party and by an organisation.
  const kind = ({ name, actor }: Step) => `${name} ${actor.role === "resident"}`;
  told = acts.filter((step, index) => acts.findIndex((other) => kind(other) === kind(step)) === index);
});

/** A step in the state in which the story told it; the others in the last state. */
function lootOf({ name, actor, input, ...step }: OfficeStep & Partial<Step>): Loot {
  const own = city.clone(step.state?.clone());
  const whole = { command: randomUUID(), municipality: torino, ...input };
  return { city: own, name, actor, input, act: own.act(actor, name, whole) };
}

describe.each(waysOfAThief.map((way) => [way.what, way] as const))("%s", (_, way) => {
  test(`nobody is made to have signed: ${way.code}`, async () => {
    for (const step of [...told, ...untoldSteps]) {
      const loot = lootOf(step);
      if (way.fits && !way.fits(loot)) continue;
      expect((await way.attempt(loot)).code, step.name).toBe(way.code);
      tried.set(step.name, (tried.get(step.name) ?? new Set()).add(way.what));
    }
  });
});

test("each step of the story is taken by the act it was attacked in", async () => {
  for (const step of told) {
    const { city: own, actor, name, act } = lootOf(step);
    own.certificateKey = step.key;
    await own.simulateText(actor, name, JSON.stringify(own.signed(act)));
    await own.carried(name, own.signed(act));
    const again = await own.refusedText(actor, name, JSON.stringify(own.signed(act)));
    expect(again.code, name).toBe("already_done");
  }
});

test("every transaction that somebody signs was tried, and in all more than three hundred ways", () => {
  expect([...tried.keys()].sort()).toEqual(Object.keys(seenBy).sort());
  const ways = [...tried.values()].reduce((total, one) => total + one.size, 0);
  expect(ways).toBeGreaterThan(300);
  for (const [name, one] of tried) expect(one.size, name).toBeGreaterThan(25);
});
