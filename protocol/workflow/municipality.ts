/** Steps of a municipality with itself, and of what is registered in it. */

import type { commonsTransactions } from "../transactions/commons";
import type { municipalityTransactions } from "../transactions/municipality";
import { keeps, makes, moves, NEW, type Step, step } from "./step";

export const municipalitySteps = {
  "municipality:proposeSettings": step(
    moves("municipality", ["settled", "settings_proposed"], ["settings_proposed"]),
  ),
  "municipality:confirmSettings": step(
    moves("municipality", ["settings_proposed"], ["settled"], { refusal: "not_found" }),
    {
      awaited: { municipality: ["settings_proposed"] },
      others: ["municipality:proposeSettings"],
      otherOrganisation: "municipality:proposeSettings",
    },
  ),
  "municipality:advanceDay": step(keeps("day", ["set"])),
  "municipality:registerSigningKey": step([
    makes("signing_key", "counting"),
    moves("signing_key", ["counting"], ["withdrawn"], { which: "earlier" }),
  ]),
  "municipality:withdrawSigningKey": step(
    moves("signing_key", ["counting"], ["withdrawn"], { refusal: "key_withdrawn" }),
  ),
} as const satisfies Record<keyof typeof municipalityTransactions, Step>;

export const commonsSteps = {
  "subjects:register": step(makes("subject", "registered")),
  "subjects:registerPayee": step(makes("subject", "registered")),
  "subjects:recogniseEligibility": step(moves("subject", ["registered", "eligible"], ["eligible"]), {
    disinterested: true,
  }),
  "subjects:replaceRepresentative": step(keeps("subject", ["registered", "eligible"]), {
    disinterested: true,
  }),
  "subjects:declareInterest": step(keeps("subject", ["registered", "eligible"])),
  "commons:register": step(makes("commons", "registered")),
  "documents:record": step(moves("document", [NEW], ["recorded"])),
} as const satisfies Record<keyof typeof commonsTransactions, Step>;
