/** A ballot from its freezing to its final result. */
import type { roundsTransactions } from "../transactions/rounds";
import { keeps, makes, moves, type Step, step } from "./step";

/** Proposals go on the ballot, and off it again where the round ends without a result. */
const onBallot = moves("proposal", ["admitted"], ["on_ballot"]);
const offBallot = moves("proposal", ["on_ballot"], ["admitted"]);

export const roundsSteps = {
  "rounds:freeze": step([makes("round", "frozen"), onBallot, moves("sealing", ["gathering"], ["frozen"])], {
    awaited: { proposal: ["admitted"] },
    disinterested: true,
  }),
  "rounds:place": step([keeps("round", ["frozen"]), onBallot], { disinterested: true }),
  "rounds:draw": step(keeps("round", ["frozen"]), { otherOrganisation: "rounds:freeze" }),
  "rounds:open": step(moves("round", ["frozen"], ["open"]), {
    awaited: { round: ["frozen"] },
    disinterested: true,
    notBefore: ["round_opening"],
    until: "round_closing",
    due: "round_opening",
  }),
  "rounds:admit": step(makes("admission", "admitted"), {
    asks: [keeps("round", ["frozen", "open"])],
    until: "round_closing",
  }),
  "rounds:cast": step(makes("ballot", "cast"), {
    asks: [keeps("round", ["open"], { refusal: "round_not_open" })],
    awaited: { round: ["open"] },
    by: "residents",
    until: "round_closing",
  }),
  "rounds:close": step(moves("round", ["open"], ["closed"]), {
    awaited: { round: ["open"] },
    notBefore: ["round_closing"],
    due: "round_closing",
  }),
  "rounds:count": step(moves("round", ["closed"], ["counted"]), {
    asks: [keeps("sealing", ["released"], { refusal: "not_released" })],
    awaited: { round: ["closed"] },
    disinterested: true,
  }),
  "rounds:attest": step(moves("round", ["counted", "attested"], ["attested"], { mayStay: true }), {
    awaited: { round: ["counted"] },
    by: "organisations",
    disinterested: true,
  }),
  "rounds:object": step(makes("objection", "raised"), {
    asks: [keeps("round", ["counted", "attested"])],
    awaited: { round: ["attested"] },
    by: "residents",
    until: "objections",
  }),
  "rounds:decideObjection": step(
    [
      moves("objection", ["raised"], ["decided"]),
      moves("round", ["counted", "attested"], ["closed"], { which: "upheld", mayStay: true }),
    ],
    { awaited: { objection: ["raised"] }, disinterested: true },
  ),
  "rounds:finalise": step(moves("round", ["attested"], ["final"]), {
    awaited: { round: ["attested"] },
    disinterested: true,
    notBefore: ["after_objections"],
  }),
  "rounds:annul": step(
    [moves("round", ["frozen", "open", "closed", "counted", "attested"], ["annulled"]), offBallot],
    { disinterested: true },
  ),
  "rounds:release": step([keeps("round", ["annulled"]), offBallot]),
} as const satisfies Record<keyof typeof roundsTransactions, Step>;
