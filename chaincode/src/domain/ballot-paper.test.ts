import { expect, test } from "vitest";
import { canonicalJson } from "../../../protocol/canonical-json";
import type { Actor } from "../../../protocol/primitives";
import type { RecordOf } from "../../../protocol/records";
import { placedAtOnce } from "../../../protocol/records/rounds";
import type { TransactionName } from "../../../protocol/transactions";
import { City, type Input } from "../../testing/city";
import { act } from "../../testing/founding-inputs";
import { digest } from "../../testing/keys";
import { people } from "../../testing/people";
import { drawAndOpen, round, withAdmitted } from "../../testing/story";

const id = "round-2026";
const many = Array.from({ length: 2 * placedAtOnce + 1 }, (_, index) => `project-${index}`);
const statesOf = (city: City) =>
  Object.groupBy(many, (proposal) => city.record("proposal", proposal).state) as Partial<
    Record<RecordOf<"proposal">["state"], string[]>
  >;

test("a long ballot is filled and emptied in transactions of bounded size, and its proposals vote again", async () => {
  const city = await City.after((story) => withAdmitted(story, many));
  const sizes: number[] = [];
  const submit = async <T extends TransactionName>(actor: Actor, name: T, input: Input<T>) => {
    const { event, simulation } = await city.submit(actor, name, input);
    sizes.push(event.entries.filter(({ type }) => type === "proposal").length);
    expect(canonicalJson(event).length + simulation.writes.size).toBeLessThan(120_000);
  };
  await submit(people.officer, "rounds:freeze", round(many));
  expect(statesOf(city).on_ballot).toEqual(many.slice(0, placedAtOnce));
  await submit(people.officer, "rounds:place", { id });
  await submit(people.officer, "rounds:place", { id });
  expect(statesOf(city).on_ballot).toEqual(many);
  await drawAndOpen(city);
  await submit(people.guarantor, "rounds:annul", {
    ...{ id, act: act("annulment"), reasonDigest: digest("a fire at the polls") },
  });
  expect(statesOf(city).admitted).toHaveLength(placedAtOnce);
  await submit(people.service, "rounds:release", { id });
  await submit(people.service, "rounds:release", { id });
  expect(statesOf(city).admitted).toEqual(many);
  expect(Math.max(...sizes)).toBe(placedAtOnce);
  await city.simulate(people.officer, "rounds:freeze", round(many, { id: "round-again" }));
  // All of them wait again: none is left off the next ballot without a word.
  const allButOne = round(many.slice(1), { id: "round-again" });
  expect(await city.refusal(people.officer, "rounds:freeze", allButOne)).toBe("proposal_left_out");
});

test("a proposal taken back before its turn keeps the ballot from being filled", async () => {
  const city = await City.after((story) => withAdmitted(story, many));
  await city.submit(people.officer, "rounds:freeze", round(many));
  const last = many.at(-1) ?? "";
  await city.submit(people.resident, "proposals:withdraw", { id: last });
  await city.submit(people.officer, "rounds:place", { id });
  expect(await city.refused(people.officer, "rounds:place", { id })).toMatchObject({
    code: "wrong_state",
    params: { proposal: last },
  });
});

test("what was taken back or is on a ballot is not missed on the next one", async () => {
  const city = await City.after((story) => withAdmitted(story, ["garden", "library", "pond"]));
  await city.submit(people.resident, "proposals:withdraw", { id: "pond" });
  await city.submit(people.officer, "rounds:freeze", round(["garden", "library"]));
  expect(city.record("proposal", "library").round).toBe(id);
});
