import { type ErrorCode, RuleError } from "../../../protocol/errors";
import { openBallotBytes } from "../../../protocol/signing";
import type { InputOf } from "../../../protocol/transactions";
import { contentOfNumbers } from "../../../voting/ballots/content";
import { formOfFrozen } from "../../../voting/ballots/frozen-form";
import { ballotRefusals } from "../../../voting/ballots/refusals";
import { projectList, validateBallot } from "../../../voting/ballots/validate";
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
  if (phase.ballotKind !== "open") throw new RuleError("wrong_ballot_kind");
  requireNotOver(tx, phase);

  const signed = await Promise.all(ballots.map((ballot) => isSigned(tx, round, ballot)));
  const limitBroken = limitsOf(phase);
  const taken = new Set<string>();
  const results = ballots.map((ballot, index): CastResult => {
    const { key, seq, choices, points, signature } = ballot;
    const [admission, standing] = earlier[index] ?? [];
    const ballotKey = `${key} ${seq}`;
    const code = !admission
      ? "key_not_admitted"
      : !signed[index]
        ? "bad_signature"
        : standing || taken.has(ballotKey)
          ? "ballot_already_cast"
          : limitBroken(ballot);
    if (code !== undefined) return { key, seq, accepted: false, code };
    taken.add(ballotKey);
    tx.put("ballot", [round, key, seqPart(seq)], {
      municipality: tx.municipality,
      round,
      key,
      seq,
      choices,
      ...(points ? { points } : {}),
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

/** Says of each ballot which limit of the round its choices break, if any. */
export function limitsOf({
  least,
  most,
  projects,
  limits,
}: Pick<Phase, "least" | "most" | "projects" | "limits">) {
  const { type = "approval", costs, ...others } = limits ?? {};
  const form = formOfFrozen({ type, least, most, ...others });
  const list = projectList(
    Array.from({ length: projects }, (_, index) => ({
      ...{ id: String(index + 1), cost: BigInt(costs?.[index] ?? 0) },
    })),
  );
  return ({ choices, points }: Pick<Ballot, "choices" | "points">): ErrorCode | undefined => {
    if ((points !== undefined) !== (type === "points")) return "points_differ";
    const judged = validateBallot(contentOfNumbers(type, choices, points), form, list);
    return judged.valid ? undefined : ballotRefusals[judged.reason.code];
  };
}

function isSigned(tx: Tx, round: string, { key, seq, choices, points, signature }: Ballot): Promise<boolean> {
  const bytes = openBallotBytes(tx.municipality, round, key, seq, choices, points);
  return tx.circumstances.checks.ed25519Signed(key, bytes, signature);
}
