/** Voting at a desk: while people vote they are vouched for, and after the closing sheets are balanced and entered. */
import type { deskTransactions } from "../transactions/desk";
import { keeps, makes, moves, NEW, type Step, step } from "./step";

const voting = keeps("round", ["frozen", "open"]);
const closed = keeps("round", ["closed"]);
/** Before any key is released: nobody enters sheets who knows what the others say. */
const sealed = keeps("sealing", ["frozen", "listed", "published"]);

export const deskSteps = {
  "desk:openStation": step(makes("station", "open"), { asks: [keeps("sealing", ["frozen"]), voting] }),
  "desk:vouch": step(moves("voucher", [NEW, "vouched"], ["vouched"], { refusal: "already_exists" }), {
    asks: [keeps("station", ["open"]), voting],
  }),
  "desk:confirmVoucher": step(moves("voucher", ["vouched"], ["confirmed"]), {
    asks: [keeps("station", ["open"]), voting],
    awaited: { voucher: ["vouched"] },
    by: "organisations",
    otherOrganisation: "desk:vouch",
    twoOrganisations: true,
  }),
  "desk:tellBalance": step(moves("station", ["open", "told"], ["told"]), {
    asks: [closed],
    awaited: { station: ["open"] },
    by: "organisations",
  }),
  "desk:closeStation": step([moves("station", ["told"], ["closed"]), sealed], {
    asks: [closed],
    awaited: { station: ["told"] },
    by: "organisations",
    otherOrganisation: "desk:tellBalance",
    twoOrganisations: true,
  }),
  "desk:enterSheets": step(moves("sheets", [NEW, "entered"], ["entered"]), {
    asks: [sealed, closed],
    disinterested: true,
  }),
  "desk:confirmSheets": step([moves("sheets", ["entered"], ["confirmed"]), sealed], {
    asks: [closed],
    awaited: { sheets: ["entered"] },
    by: "organisations",
    otherOrganisation: "desk:enterSheets",
    twoOrganisations: true,
    disinterested: true,
  }),
} as const satisfies Record<keyof typeof deskTransactions, Step>;
