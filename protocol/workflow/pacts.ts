/** A pact from its first version to its end. */
import { notYetActive } from "../records/pacts";
import type { pactsTransactions } from "../transactions/pacts";
import { keeps, makes, moves, type Step, step } from "./step";

/** Co-design has ended with a pact to be made. */
const ready = keeps("proposal", ["pact_ready"], { refusal: "proposal_not_ready" });
const inCoDesign = keeps("proposal", ["co_design", "pact_ready"]);
const papers = keeps("pact", [...notYetActive, "active", "suspended"]);

export const pactsSteps = {
  "pacts:draft": step([makes("pact", "draft"), makes("pact_version", "kept")], {
    asks: [inCoDesign, keeps("pact", ["active", "expired"], { which: "renewed" })],
    awaited: { proposal: ["pact_ready"] },
    disinterested: true,
  }),
  "pacts:revise": step(
    [
      moves("pact", ["draft", "district_approved", "noted_by_giunta", "giunta_approved"], ["draft"]),
      makes("pact_version", "kept"),
    ],
    { asks: [inCoDesign], disinterested: true },
  ),
  "pacts:approveDistrict": step(moves("pact", ["draft"], ["district_approved"]), {
    asks: [ready],
    awaited: { pact: ["draft"] },
    others: ["pacts:draft"],
    disinterested: true,
    until: "pact_end",
  }),
  "pacts:noteGiunta": step(moves("pact", ["district_approved"], ["noted_by_giunta"]), {
    asks: [ready],
    awaited: { pact: ["district_approved"] },
    others: ["pacts:draft", "pacts:approveDistrict"],
    disinterested: true,
    until: "pact_end",
  }),
  "pacts:approveGiunta": step(moves("pact", ["draft"], ["giunta_approved"]), {
    asks: [ready],
    awaited: { pact: ["draft"] },
    others: ["pacts:draft"],
    disinterested: true,
    until: "pact_end",
  }),
  /** Who approved it does not sign for an organisation; who has an interest signs only as the party they are. */
  "pacts:sign": step(moves("pact", ["noted_by_giunta", "giunta_approved"], ["signed"], { mayStay: true }), {
    asks: [ready],
    awaited: { pact: ["noted_by_giunta", "giunta_approved"] },
    by: "parties",
    others: ["pacts:approveDistrict", "pacts:noteGiunta", "pacts:approveGiunta"],
    disinterested: true,
    until: "pact_end",
  }),
  "pacts:recordInsurance": step(papers, { awaited: { pact: ["signed"] }, disinterested: true }),
  "pacts:recordSafetyBriefing": step(papers, { awaited: { pact: ["signed"] }, disinterested: true }),
  "pacts:activate": step(
    [
      moves("pact", ["signed"], ["active"]),
      moves("pact", ["active", "suspended", "expired"], ["renewed"], { which: "renewed" }),
    ],
    {
      asks: [ready],
      awaited: { pact: ["signed"] },
      disinterested: true,
      notBefore: ["pact_start"],
      until: "pact_end",
    },
  ),
  "pacts:suspend": step(moves("pact", ["active"], ["suspended"]), { disinterested: true }),
  "pacts:resume": step(moves("pact", ["suspended"], ["active"]), {
    asks: [ready],
    awaited: { pact: ["suspended"] },
    disinterested: true,
    until: "pact_end",
  }),
  "pacts:terminate": step(moves("pact", ["active", "suspended"], ["terminated"]), { disinterested: true }),
  "pacts:withdraw": step(moves("pact", notYetActive, ["withdrawn"]), { disinterested: true }),
  "pacts:expire": step(moves("pact", ["active", "suspended"], ["expired"]), {
    awaited: { pact: ["active"] },
    by: "parties",
    notBefore: ["after_pact"],
    due: "pact_end",
  }),
} as const satisfies Record<keyof typeof pactsTransactions, Step>;
