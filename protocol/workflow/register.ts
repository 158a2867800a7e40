/** Steps of founding, and of the register of people in office. */
import type { registerTransactions } from "../transactions/register";
import { keeps, makes, moves, NEW, type Step, step } from "./step";

const anyMunicipality = keeps("municipality", ["settled", "settings_proposed"]);
/** A person enters with their first office. */
const entered = moves("official", [NEW, "registered"], ["registered"]);
const firstPeople = [entered, makes("office", "held"), makes("passkey", "counting")];

export const registerSteps = {
  "municipality:found": step([makes("municipality", "settled"), makes("day", "set"), ...firstPeople], {
    by: "organisations",
  }),
  "municipality:introduceRegister": step([anyMunicipality, ...firstPeople], { by: "organisations" }),
  "municipality:proposeOrigin": step(anyMunicipality),
  "municipality:confirmOrigin": step(anyMunicipality, {
    others: ["municipality:proposeOrigin"],
    otherOrganisation: "municipality:proposeOrigin",
  }),
  "municipality:retireOrigin": step(anyMunicipality),
  "offices:propose": step([makes("office", "proposed"), entered]),
  "offices:confirm": step(moves("office", ["proposed"], ["held"]), {
    awaited: { office: ["proposed"] },
    others: ["offices:propose"],
    otherOrganisation: "offices:propose",
  }),
  "offices:withdraw": step(moves("office", ["proposed", "held", "suspended"], ["ended"])),
  "offices:suspend": step(moves("office", ["held", "suspended"], ["suspended"])),
  "offices:confirmWithdrawal": step(moves("office", ["suspended"], ["ended"]), {
    awaited: { office: ["suspended"] },
    others: ["offices:suspend"],
    otherOrganisation: "offices:suspend",
  }),
  "passkeys:propose": step(makes("passkey", "proposed")),
  "passkeys:confirm": step(moves("passkey", ["proposed"], ["counting"]), {
    awaited: { passkey: ["proposed"] },
    others: ["passkeys:propose"],
    otherOrganisation: "passkeys:propose",
  }),
  "passkeys:withdraw": step(moves("passkey", ["proposed", "counting"], ["withdrawn"])),
  "recovery:propose": step(makes("recovery", "proposed"), { by: "organisations" }),
  "recovery:stop": step(moves("recovery", ["proposed"], ["stopped"])),
  "recovery:complete": step(
    [
      moves("recovery", ["proposed"], ["completed"]),
      ...firstPeople,
      moves("office", ["proposed", "held", "suspended"], ["ended"], { which: "earlier" }),
      moves("passkey", ["proposed", "counting"], ["withdrawn"], { which: "earlier" }),
    ],
    { awaited: { recovery: ["proposed"] } },
  ),
} as const satisfies Record<keyof typeof registerTransactions, Step>;
