import { type ErrorCode, RuleError } from "../../../protocol/errors";
import { openBallotBytes } from "../../../protocol/signing";
import type { InputOf } from "../../../protocol/transactions";
import type { Handler } from "./handler";
import type { Phase } from "./internal";
import { requireState } from "./moves";
import { requireNotOver } from "./rounds";
import type { Tx } from "./tx";

type Ballot = InputOf<"rounds:cast">["ballots"][number];

/** What became of one ballot of a batch, in the batch's order. */
export interface CastResult {
  key: string;
  seq: number;
  accepted: boolean;
  code?: ErrorCode;
}

/**
 * Takes ballots in, each by itself: a bad one is named with its code and sinks no other. Reads the small phase key,
 * never the round, and ranges over nothing, so that votes neither meet each other nor miss the closing.
 */
export const cast: Handler<"rounds:cast"> = async (tx, input) => {
  const { round, ballots } = input;
  const [phase, ...earlier] = await Promise.all([
    tx.getInternal("phase", round),
    ...ballots.map(({ key, seq }) =>
      Promise.all([tx.get("admission", round, key), tx.get("ballot", round, key, seqPart(seq))]),
    ),
  ]);
  if (!phase) throw new RuleError("not_found", { type: "round", id: round });
  requireState(tx, "round", { id: round, state: phase.state });
  requireNotOver(tx, phase);

  const signed = await Promise.all(ballots.map((ballot) => isSigned(tx, round, phase, ballot)));
  const taken = new Set<string>();
  const results = ballots.map((ballot, index): CastResult => {
    const { key, seq, choices, signature } = ballot;
    const [admission, standing] = earlier[index] ?? [];
    const ballotKey = `${key} ${seq}`;
    const code = !admission
      ? "key_not_admitted"
      : !signed[index]
        ? "bad_signature"
        : standing || taken.has(ballotKey)
          ? "ballot_already_cast"
          : limitBroken(phase, choices);
    if (code !== undefined) return { key, seq, accepted: false, code };
    taken.add(ballotKey);
    tx.put("ballot", [round, key, seqPart(seq)], {
      municipality: tx.municipality,
      round,
      key,
      seq,
      choices,
      signature,
    });
    return { key, seq, accepted: true };
  });
  const [first] = results;
  if (taken.size === 0 && first?.code) throw new RuleError(first.code, { key: first.key, seq: first.seq });
  return { ballots: results };
};

/** The last part of a ballot's key: `seq` as six digits, so that key order is the order of `seq`. */
export function seqPart(seq: number): string {
  return String(seq).padStart(6, "0");
}

/** Which limit of the ballot the choices break, if any. */
export function limitBroken(
  { least, most, projects }: Pick<Phase, "least" | "most" | "projects">,
  choices: readonly number[],
): ErrorCode | undefined {
  if (choices.some((number) => number > projects)) return "not_on_ballot";
  if (new Set(choices).size !== choices.length) return "repeated_choice";
  if (choices.length > most) return "too_many_choices";
  if (choices.length < least) return "too_few_choices";
  return undefined;
}

/** What a voter's key signs depends on the kind of ballot. */
function isSigned(tx: Tx, round: string, phase: Phase, ballot: Ballot): Promise<boolean> {
  const { key, seq, choices, signature } = ballot;
  switch (phase.ballotKind) {
    case "open":
      return tx.circumstances.checks.ed25519Signed(
        key,
        openBallotBytes(tx.municipality, round, key, seq, choices),
        signature,
      );
  }
}
