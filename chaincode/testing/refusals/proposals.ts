import { canonicalJson } from "../../../protocol/canonical-json";
import { mostCredits } from "../../../protocol/records/proposals";
import type { City } from "../city";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import { people } from "../people";
import {
  admitAll,
  call,
  finish,
  outcome,
  proposal,
  round,
  withAdmitted,
  withCall,
  withFinal,
  withPublished,
} from "../story";
import { type Refusal, refuses } from "./case";

const one = { id: "garden" };
const otherResident = people.neighbour;

const afterCall = (city: City) => city.advanceTo("2026-02-01");

/** Beside the garden's proposal one of somebody else for the same place, and one of another call. */
async function withRival(city: City): Promise<void> {
  await withPublished(city);
  await city.submit(people.officer, "calls:publish", call({ id: "call-other" }));
  const rival = { ...proposal("rival"), commons: "commons-garden", newCommons: undefined };
  await city.submit(people.resident, "proposals:submit", rival);
  await city.submit(people.resident, "proposals:submit", { ...proposal("elsewhere"), call: "call-other" });
  for (const id of ["rival", "elsewhere"]) await city.submit(people.officer, "proposals:publish", { id });
}

/** Two rivals for one commons, both selected; the first is funded. */
async function withRivalsVoted(city: City): Promise<void> {
  await withCall(city);
  await city.submit(people.resident, "proposals:submit", proposal("garden"));
  await city.submit(people.resident, "proposals:submit", {
    ...proposal("rival", 400_000),
    commons: "commons-garden",
    newCommons: undefined,
  });
  for (const id of ["garden", "rival"]) await city.submit(people.officer, "proposals:publish", { id });
  await city.advanceTo("2026-02-01");
  await admitAll(city, ["garden", "rival"]);
  const { projects, ...rest } = round(["garden", "rival"]);
  await finish(
    city,
    {
      ...rest,
      projects: projects.map((project) => ({
        ...project,
        commons: "commons-garden",
        costCents: project.proposal === "rival" ? 400_000 : project.costCents,
      })),
    },
    outcome([1, 2], [3, 3], { costCents: 1_400_000 }),
  );
  await city.submit(people.giunta, "proposals:fund", {
    ...one,
    round: "round-2026",
    act: act("x", "delibera", "2026-02-06"),
  });
}

/** The garden is funded, the library waits in the reserve. */
async function withReserve(city: City): Promise<void> {
  await withFinal(city, ["garden", "library"]);
  const decision = { round: "round-2026", act: act("x", "delibera", "2026-02-06") };
  await city.submit(people.giunta, "proposals:fund", { ...one, ...decision });
  await city.submit(people.giunta, "proposals:reserve", { id: "library", ...decision });
}

/** The garden's proposal credits as many authors as it can. */
async function withFullCredits(city: City): Promise<void> {
  await withPublished(city);
  const record = city.record("proposal", "garden");
  const credits = Array.from({ length: mostCredits }, (_, index) => `author-${index}`);
  const simulation = city.state.simulate();
  await simulation.put(["001272", "proposal", "garden"], canonicalJson({ ...record, credits }));
  city.state.commit(simulation);
  await city.submit(people.neighbour, "subjects:register", {
    id: "one-more-subject",
    kind: "person",
    digest: digest("one more"),
  });
  await city.submit(people.neighbour, "proposals:submit", {
    ...proposal("one-more"),
    subject: "one-more-subject",
  });
  await city.submit(people.officer, "proposals:publish", { id: "one-more" });
}

export const proposalRefusals: Refusal[] = [
  refuses(
    "call_closed",
    "a proposal the day after",
    { at: withCall, before: afterCall },
    people.resident,
    "proposals:submit",
    proposal("garden"),
  ),
  refuses(
    "too_early",
    "a proposal before the call opens",
    {
      at: withCall,
      before: (city) =>
        city.submit(people.officer, "calls:publish", call({ id: "call-later", opensOn: "2026-01-02" })),
    },
    people.resident,
    "proposals:submit",
    { ...proposal("garden"), call: "call-later" },
  ),
  refuses(
    "cost_over_limit",
    "one cent over the call's limit",
    { at: withCall },
    people.resident,
    "proposals:submit",
    proposal("garden", 5_000_001),
  ),
  refuses(
    "not_representative",
    "a proposal for another's subject",
    { at: withCall },
    otherResident,
    "proposals:submit",
    proposal("garden"),
  ),
  refuses(
    "not_representative",
    "a proposal for a payee nobody represents",
    {
      at: withCall,
      before: (city) =>
        city.submit(people.officer, "subjects:registerPayee", {
          id: "builders",
          kind: "company",
          digest: digest("builders"),
        }),
    },
    people.resident,
    "proposals:submit",
    { ...proposal("garden"), subject: "builders" },
  ),
  refuses("not_found", "a commons nobody registered", { at: withCall }, people.resident, "proposals:submit", {
    ...proposal("garden"),
    newCommons: undefined,
  }),
  refuses(
    "already_exists",
    "a proposal's id twice",
    { at: withPublished },
    people.resident,
    "proposals:submit",
    { ...proposal("garden"), newCommons: undefined },
  ),
  refuses(
    "already_exists",
    "a commons named new that is there",
    { at: withPublished },
    people.resident,
    "proposals:submit",
    { ...proposal("other"), commons: "commons-garden" },
  ),
  refuses(
    "invalid_input",
    "a negative cost",
    { at: withCall, params: { path: "costCents", problem: "too_small" } },
    people.resident,
    "proposals:submit",
    proposal("garden", -1),
  ),
  refuses(
    "invalid_input",
    "a fraction of a cent",
    { at: withCall, params: { path: "costCents", problem: "invalid_type" } },
    people.resident,
    "proposals:submit",
    proposal("garden", 0.5),
  ),
  refuses(
    "wrong_state",
    "publishing twice",
    { at: withPublished, params: { id: "garden", state: "published" } },
    people.officer,
    "proposals:publish",
    one,
  ),
  refuses(
    "not_representative",
    "taking back another's proposal",
    { at: withPublished },
    otherResident,
    "proposals:withdraw",
    one,
  ),
  refuses(
    "wrong_state",
    "taking back a proposal that is on the ballot",
    { at: (city) => withFinal(city, ["garden"]) },
    people.resident,
    "proposals:withdraw",
    one,
  ),
  refuses(
    "invalid_input",
    "merging a proposal into itself",
    { at: withPublished, params: { path: "into" } },
    people.officer,
    "proposals:merge",
    { ...one, into: "garden", act: act("x") },
  ),
  refuses("not_found", "merging into nothing", { at: withPublished }, people.officer, "proposals:merge", {
    ...one,
    into: "nothing",
    act: act("x"),
  }),
  refuses(
    "wrong_state",
    "separating what was never merged",
    { at: withPublished },
    people.officer,
    "proposals:separate",
    { ...one, act: act("x") },
  ),
  refuses(
    "wrong_state",
    "separating from a proposal that was taken back",
    {
      at: withRival,
      before: async (city) => {
        await city.submit(people.officer, "proposals:merge", { id: "rival", into: "garden", act: act("m") });
        await city.submit(people.resident, "proposals:withdraw", one);
      },
    },
    people.officer,
    "proposals:separate",
    { id: "rival", act: act("x") },
  ),
  refuses(
    "already_exists",
    "adhering twice",
    {
      at: withPublished,
      before: (city) =>
        city.submit(otherResident, "proposals:adhere", {
          id: "adhesion-1",
          proposal: "garden",
          kind: "support",
        }),
    },
    otherResident,
    "proposals:adhere",
    { id: "adhesion-2", proposal: "garden", kind: "time" },
  ),
  refuses(
    "not_found",
    "withdrawing an adhesion never given",
    { at: withPublished },
    otherResident,
    "proposals:withdrawAdhesion",
    { proposal: "garden" },
  ),
  refuses(
    "not_selected",
    "funding what was not selected",
    { at: (city) => withFinal(city, ["garden", "library"]) },
    people.giunta,
    "proposals:fund",
    { id: "library", round: "round-2026", act: act("x", "delibera", "2026-02-06") },
  ),
  refuses(
    "wrong_state",
    "merging into a proposal that is not published",
    { at: withRival, before: (city) => city.submit(people.resident, "proposals:withdraw", { id: "rival" }) },
    people.officer,
    "proposals:merge",
    { ...one, into: "rival", act: act("x") },
  ),
  refuses(
    "invalid_input",
    "merging into a proposal of another call",
    { at: withRival, params: { path: "into" } },
    people.officer,
    "proposals:merge",
    { ...one, into: "elsewhere", act: act("x") },
  ),
  refuses(
    "commons_taken",
    "funding two rivals for one commons",
    { at: withRivalsVoted, params: { commons: "commons-garden", proposal: "garden" } },
    people.giunta,
    "proposals:fund",
    { id: "rival", round: "round-2026", act: act("x", "delibera", "2026-02-06") },
  ),
  refuses(
    "over_budget",
    "funding from the reserve what the round's money does not cover",
    { at: withReserve, params: { limitCents: 1_500_000 } },
    people.giunta,
    "proposals:fund",
    { id: "library", round: "round-2026", act: act("x", "delibera", "2026-02-06") },
  ),
  refuses(
    "act_required",
    "giving a proposal up without an act",
    { at: withReserve },
    people.officer,
    "proposals:abandon",
    { ...one, reasonDigest: digest("x") } as never,
  ),
  refuses(
    "credits_full",
    "an author too many",
    { at: withFullCredits, params: { most: 200 } },
    people.officer,
    "proposals:merge",
    { id: "one-more", into: "garden", act: act("x") },
  ),
  refuses(
    "outcome_differs",
    "putting in reserve what was selected",
    { at: (city) => withFinal(city, ["garden", "library"]) },
    people.giunta,
    "proposals:reserve",
    { id: "garden", round: "round-2026", act: act("x", "delibera", "2026-02-06") },
  ),
  refuses(
    "wrong_state",
    "funding a proposal no vote was held on",
    { at: (city) => withAdmitted(city, ["garden"]) },
    people.giunta,
    "proposals:fund",
    { id: "garden", round: "round-2026", act: act("x") },
  ),
  refuses(
    "act_required",
    "funding without an act",
    { at: (city) => withFinal(city, ["garden"]) },
    people.giunta,
    "proposals:fund",
    { id: "garden", round: "round-2026" } as never,
  ),
  refuses(
    "wrong_state",
    "abandoning what nobody has decided on",
    { at: (city) => withFinal(city, ["garden"]) },
    people.coordinator,
    "proposals:abandon",
    { ...one, act: act("x", "delibera", "2026-02-06"), reasonDigest: digest("x") },
  ),
];
