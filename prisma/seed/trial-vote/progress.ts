/** How far a sealed round is: somebody who plays an office in the trial may have taken its next step. */
import type { Organisation } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { roundStates } from "@/protocol/records/rounds";

export type RoundStep =
  | { readonly name: "freeze" | "open" | "close" | "count" | "final" }
  | { readonly name: "release" | "attest"; readonly organisation: Organisation };

/** The round and its sealing as the ledger has them. */
export interface Progress {
  readonly round: RecordOf<"round"> | null;
  readonly sealing: RecordOf<"sealing"> | null;
}

/** Trustees' keys with which ballots are opened. */
const ENOUGH_KEYS = 2;

/** Whether a step has been taken, or is not needed any more, whoever took it. */
export function isTaken(step: RoundStep, { round, sealing }: Progress): boolean {
  const has = (state: (typeof roundStates)[number]) =>
    round !== null &&
    round.state !== "annulled" &&
    roundStates.indexOf(round.state) >= roundStates.indexOf(state);
  switch (step.name) {
    case "freeze":
      return round !== null;
    case "open":
      return has("open");
    case "close":
      return has("closed");
    case "release": {
      const released = sealing?.released ?? [];
      return released.length >= ENOUGH_KEYS || isOneOf(released, step.organisation);
    }
    case "count":
      return has("counted");
    case "attest":
      return has("attested") || isOneOf(round?.attestations ?? [], step.organisation);
    case "final":
      return has("final");
  }
}

function isOneOf(entries: readonly { organisation: Organisation }[], organisation: Organisation): boolean {
  return entries.some((one) => one.organisation === organisation);
}
