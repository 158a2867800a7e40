/** What may be done in a sealed round at which time. Pure. */
import type { RecordOf } from "@/protocol/records";

type Round = {
  readonly state: RecordOf<"round">["state"];
  readonly closesAt: Date;
  readonly record: RecordOf<"round">;
};

export function isSealed(record: Pick<RecordOf<"round">, "ballotKind">): boolean {
  return record.ballotKind === "sealed";
}

/** A credential is taken from the freeze on: earlier is better, because taking and voting are then far apart. */
export function mayBeEnrolledIn({ state, closesAt, record }: Round, now: Date): boolean {
  return isSealed(record) && (state === "frozen" || state === "open") && closesAt > now;
}

/** Whether the list of ballots that count can be there. */
export function mayBeChecked({ state, closesAt, record }: Round, now: Date): boolean {
  return (
    isSealed(record) && (state === "open" ? closesAt <= now : state !== "frozen" && state !== "annulled")
  );
}

/** What the office's steps wait for. */
export function stateOf(
  { graceMinutes, state }: Pick<RecordOf<"sealing">, "graceMinutes" | "state">,
  closesAt: Date,
): { closesFrom: Date; isReleased: boolean } {
  return {
    closesFrom: new Date(closesAt.getTime() + graceMinutes * 60_000),
    isReleased: state === "released",
  };
}
