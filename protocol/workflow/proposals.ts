/** From a call to a proposal that has its pact. */
import type { proposalsTransactions } from "../transactions/proposals";
import { keeps, makes, moves, NEW, type Step, step } from "./step";

/** While a proposal is read and judged. */
const judged = ["published", "under_assessment", "integration_requested"] as const;
/** While its proponent can still change their mind without anybody having decided. */
const beforeDecision = ["submitted", ...judged] as const;
/** From the decision to admit it to the end of co-design, whatever the vote said. */
const decided = ["admitted", "on_ballot", "funded", "reserve", "co_design", "pact_ready"] as const;
/** It was funded and is not given up. */
const funded = ["funded", "co_design", "pact_ready"] as const;

/** The vote is over before an act decides about what was voted on. */
const voted = keeps("round", ["final"]);

export const proposalsSteps = {
  "calls:publish": step(makes("call", "published")),
  "calls:extend": step(keeps("call", ["published"]), { until: "call_closing" }),
  "proposals:submit": step(
    [makes("proposal", "submitted"), moves("commons", [NEW, "registered"], ["registered"])],
    { by: "proponent", notBefore: ["call_opening"], until: "call_closing" },
  ),
  "proposals:publish": step(moves("proposal", ["submitted"], ["published"]), {
    awaited: { proposal: ["submitted"] },
    disinterested: true,
  }),
  "proposals:withdraw": step(moves("proposal", [...beforeDecision, "admitted"], ["withdrawn"]), {
    by: "proponent",
  }),
  "proposals:merge": step(
    [
      moves("proposal", judged, ["merged"]),
      keeps("proposal", judged, { which: "into" }),
      moves("assessment", [NEW, "scored", "conflict"], ["conflict"], { which: "into" }),
    ],
    { disinterested: true },
  ),
  "proposals:separate": step(
    [moves("proposal", ["merged"], judged), keeps("proposal", judged, { which: "into" })],
    { disinterested: true },
  ),
  "proposals:adhere": step(moves("adhesion", [NEW, "withdrawn"], ["given"], { refusal: "already_exists" }), {
    asks: [keeps("proposal", [...judged, ...decided])],
  }),
  "proposals:withdrawAdhesion": step(moves("adhesion", ["given"], ["withdrawn"], { refusal: "not_found" })),
  "proposals:startAssessment": step(
    moves("proposal", ["published", "integration_requested"], ["under_assessment"]),
    {
      awaited: { proposal: ["published", "integration_requested"] },
      disinterested: true,
      notBefore: ["after_call", "after_integration"],
    },
  ),
  "proposals:requestIntegration": step(
    moves("proposal", ["under_assessment", "integration_requested"], ["integration_requested"]),
    { disinterested: true },
  ),
  "proposals:integrate": step(moves("proposal", ["integration_requested"], ["under_assessment"]), {
    awaited: { proposal: ["integration_requested"] },
    by: "proponent",
    until: "integration",
  }),
  "proposals:declareConflict": step(
    moves("assessment", [NEW, "scored"], ["conflict"], { refusal: "conflict_declared" }),
    { asks: [keeps("proposal", [...beforeDecision, ...decided])] },
  ),
  "proposals:score": step(
    moves("assessment", [NEW, "scored"], ["scored"], { refusal: "conflict_declared" }),
    {
      asks: [keeps("proposal", ["under_assessment"])],
      awaited: { proposal: ["under_assessment"] },
      disinterested: true,
    },
  ),
  "proposals:admit": step(moves("proposal", ["under_assessment"], ["admitted"]), {
    awaited: { proposal: ["under_assessment"] },
    disinterested: true,
  }),
  "proposals:reject": step(
    moves("proposal", ["submitted", "under_assessment", "integration_requested"], ["not_admitted"]),
    { disinterested: true, notBefore: ["after_integration"] },
  ),
  "proposals:fund": step(moves("proposal", ["on_ballot", "reserve"], ["funded"]), {
    asks: [voted],
    awaited: { proposal: ["on_ballot", "reserve"] },
    disinterested: true,
  }),
  "proposals:reserve": step(moves("proposal", ["on_ballot"], ["reserve"]), {
    asks: [voted],
    disinterested: true,
  }),
  "proposals:allowBeyond": step(keeps("proposal", funded), { disinterested: true }),
  "proposals:startCoDesign": step(moves("proposal", ["funded"], ["co_design"]), {
    awaited: { proposal: ["funded"] },
    disinterested: true,
  }),
  "proposals:readyForPact": step(moves("proposal", ["co_design"], ["pact_ready"]), {
    awaited: { proposal: ["co_design"] },
    disinterested: true,
  }),
  "proposals:abandon": step(
    [
      moves("proposal", ["reserve", ...funded], ["abandoned"]),
      moves("pact", ["draft", "district_approved", "noted_by_giunta", "giunta_approved"], ["withdrawn"], {
        which: "unsigned",
      }),
    ],
    { disinterested: true },
  ),
} as const satisfies Record<keyof typeof proposalsTransactions, Step>;
