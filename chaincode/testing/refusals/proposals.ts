import type { City } from "../city";
import { act } from "../city";
import { digest } from "../keys";
import { people } from "../people";
import { call, proposal, withAdmitted, withCall, withFinal, withPublished } from "../story";
import { type Refusal, refuses } from "./case";

const one = { id: "garden" };
const otherResident = people.neighbour;

const afterCall = (city: City) => city.advanceTo("2026-02-01");

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
    { id: "library", round: "round-2026", act: act("x") },
  ),
  refuses(
    "outcome_differs",
    "putting in reserve what was selected",
    { at: (city) => withFinal(city, ["garden", "library"]) },
    people.giunta,
    "proposals:reserve",
    { id: "garden", round: "round-2026", act: act("x") },
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
    "abandoning what is not in co-design",
    { at: (city) => withFinal(city, ["garden"]) },
    people.coordinator,
    "proposals:abandon",
    { ...one, reasonDigest: digest("x") },
  ),
];
