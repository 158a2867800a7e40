import type { City } from "../city";
import { act } from "../founding-inputs";
import { digest } from "../keys";
import { friendsCode, line } from "../pact-story";
import { people, person } from "../people";
import { call, withCall } from "../story";
import { founded, type Refusal, refuses } from "./case";

const _one = { id: "garden" };

const afterCall = (city: City) => city.advanceTo("2026-02-01");

export const callRefusals: Refusal[] = [
  refuses(
    "weights_not_100",
    "criteria that add to 99",
    { at: founded, params: { total: 99 } },
    people.officer,
    "calls:publish",
    call({ criteria: [{ id: "need", weight: 99 }] }),
  ),
  refuses(
    "invalid_input",
    "a criterion twice",
    { at: founded, params: { path: "criteria" } },
    people.officer,
    "calls:publish",
    call({
      criteria: [
        { id: "need", weight: 50 },
        { id: "need", weight: 50 },
      ],
    }),
  ),
  refuses(
    "dates_out_of_order",
    "a call that closes before it opens",
    { at: founded },
    people.officer,
    "calls:publish",
    call({ opensOn: "2026-02-01" }),
  ),
  refuses(
    "not_found",
    "a call on a budget line that is not there",
    { at: founded, params: { type: "budget_line", id: "line-9" } },
    people.officer,
    "calls:publish",
    call({ lines: ["line-9"] }),
  ),
  refuses("act_required", "a call without an act", { at: founded }, people.officer, "calls:publish", {
    ...call(),
    act: undefined as never,
  }),
  refuses(
    "dates_out_of_order",
    "an extension that shortens",
    { at: withCall },
    people.officer,
    "calls:extend",
    { id: "call-2026", closesOn: "2026-01-30", act: act("x") },
  ),
  refuses(
    "call_closed",
    "extending a call that has closed",
    { at: withCall, before: afterCall },
    people.officer,
    "calls:extend",
    { id: "call-2026", closesOn: "2026-03-01", act: act("x") },
  ),
  refuses(
    "payee_not_eligible",
    "recognising a company",
    {
      at: withCall,
      before: (city) =>
        city.submit(people.officer, "subjects:registerPayee", {
          id: "builders",
          kind: "company",
          digest: digest("x"),
        }),
    },
    people.officer,
    "subjects:recogniseEligibility",
    { id: "builders", code: friendsCode, act: act("x") },
  ),
  refuses(
    "conflict_of_interest",
    "an officer recognising the body they represent",
    { at: withCall },
    person(people.resident.person, "responsible_officer", "Comune"),
    "subjects:recogniseEligibility",
    { id: "garden-friends", code: friendsCode, act: act("x") },
  ),
  refuses(
    "not_found",
    "a document that corrects nothing",
    { at: founded },
    people.officer,
    "documents:record",
    { id: "document-1", kind: "minutes", hash: digest("x"), corrects: "document-0" },
  ),
  refuses(
    "already_exists",
    "a budget line twice",
    { at: founded, before: (city) => city.submit(people.officer, "funds:openLine", line()) },
    people.officer,
    "funds:openLine",
    line(),
  ),
];
