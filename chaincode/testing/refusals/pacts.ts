import type { City } from "../city";
import { pact, withCoDesign, withSigned } from "../pact-story";
import { people } from "../people";
import { withFinal } from "../story";
import { type Refusal, refuses } from "./case";

const drafted = async (city: City) => {
  await withCoDesign(city);
  await city.submit(people.coordinator, "pacts:draft", pact());
};
const withoutPlace = () => {
  const { id, documentHash, parties, startsOn, endsOn } = pact();
  return { id, documentHash, parties, startsOn, endsOn };
};

export const pactRefusals: Refusal[] = [
  refuses(
    "wrong_state",
    "a pact before co-design",
    { at: (city) => withFinal(city, ["garden"]) },
    people.coordinator,
    "pacts:draft",
    pact(),
  ),
  refuses(
    "already_exists",
    "a second pact for one proposal",
    { at: drafted },
    people.coordinator,
    "pacts:draft",
    pact({ id: "pact-other" }),
  ),
  refuses(
    "term_too_long",
    "a day over nine years",
    { at: withCoDesign, params: { years: 9 } },
    people.coordinator,
    "pacts:draft",
    pact({ endsOn: "2035-02-07" }),
  ),
  refuses(
    "dates_out_of_order",
    "a term of no days",
    { at: withCoDesign },
    people.coordinator,
    "pacts:draft",
    pact({ endsOn: "2026-02-06" }),
  ),
  refuses(
    "dates_out_of_order",
    "a term that ends before it starts",
    { at: withCoDesign },
    people.coordinator,
    "pacts:draft",
    pact({ endsOn: "2026-02-05" }),
  ),
  refuses(
    "invalid_input",
    "a pact without the Comune",
    { at: withCoDesign, params: { path: "parties" } },
    people.coordinator,
    "pacts:draft",
    pact({
      parties: [
        { id: "house", organisation: "Case" },
        { id: "friends", subject: "garden-friends" },
      ],
    }),
  ),
  refuses(
    "invalid_input",
    "a pact without residents",
    { at: withCoDesign, params: { path: "parties" } },
    people.coordinator,
    "pacts:draft",
    pact({
      parties: [
        { id: "house", organisation: "Case" },
        { id: "comune", organisation: "Comune" },
      ],
    }),
  ),
  refuses(
    "invalid_input",
    "a party that is two things",
    { at: withCoDesign, params: { path: "parties.1" } },
    people.coordinator,
    "pacts:draft",
    pact({
      parties: [
        { id: "comune", organisation: "Comune" },
        { id: "both", organisation: "Case", subject: "garden-friends" },
      ],
    }),
  ),
  refuses(
    "invalid_input",
    "a party twice",
    { at: withCoDesign, params: { path: "parties" } },
    people.coordinator,
    "pacts:draft",
    pact({
      parties: [
        { id: "comune", organisation: "Comune" },
        { id: "friends", subject: "garden-friends" },
        { id: "friends-again", subject: "garden-friends" },
      ],
    }),
  ),
  refuses(
    "not_found",
    "a party nobody registered",
    { at: withCoDesign },
    people.coordinator,
    "pacts:draft",
    pact({
      parties: [
        { id: "comune", organisation: "Comune" },
        { id: "ghosts", subject: "ghosts" },
      ],
    }),
  ),
  refuses(
    "invalid_input",
    "renewing another proposal's pact",
    { at: withCoDesign, params: { path: "renews" } },
    people.coordinator,
    "pacts:draft",
    pact({ renews: "pact-other" }),
  ),
  refuses(
    "wrong_state",
    "revising what is signed",
    { at: withSigned },
    people.coordinator,
    "pacts:revise",
    withoutPlace(),
  ),
];
