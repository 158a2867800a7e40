/** What tests and measurements give to found a municipality, and acts to go with it. */
import type { Act } from "../../protocol/primitives";
import type { RecordOf } from "../../protocol/records";
import { digest } from "./keys";

/** The story is told in past days, as a trial's may be; what binds others is tried with `trial: false`. */
export function registration(settings: Partial<RecordOf<"municipality">["settings"]> = {}, trial = true) {
  return {
    name: "Torino",
    casaBody: "Rete delle Case del Quartiere",
    settings: {
      leastAge: 16,
      longestPactYears: 9,
      challengeDays: 10,
      publishGrantsAboveCents: 100_000,
      cigRequired: true,
      objectionDays: 4,
      votingDays: 7,
      ...settings,
    },
    trial,
    day: "2026-01-01",
  };
}

export function act(number: string, kind: Act["kind"] = "determina", date = "2026-01-01"): Act {
  return { kind, number, date, body: "Divisione Decentramento", file: digest(`act ${number}`) };
}
