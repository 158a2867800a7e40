import { outcomeText } from "../../../protocol/digests";
import { RuleError } from "../../../protocol/errors";
import type { RecordOf } from "../../../protocol/records";
import type { Outcome } from "../../../protocol/records/rounds";
import { firstFinalDay, lastObjectionDay } from "../../../protocol/workflow/terms";
import { mostVotesOf } from "../../../voting/ballots/frozen-form";
import { sheetsOf } from "./desk/totals";
import type { Handler } from "./handler";
import { requireNoInterestInRound } from "./interests";
import { requireState } from "./moves";
import { invalid } from "./require";
import { ballotsOf } from "./sealed/publishing";
import type { Tx } from "./tx";

export { firstFinalDay, lastObjectionDay };

type Round = RecordOf<"round">;

/** Writes the outcome of a closed round: what organisations then compute by themselves and attest. */
export const count: Handler<"rounds:count"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  await requireNoInterestInRound(tx, round);
  if (round.ballotKind === "sealed") await requireReleased(tx, round, input.outcome);
  requireConsistent(round, input.outcome);
  if (tx.circumstances.checks.sha256(outcomeText(input.outcome)) !== input.outcome.digest) {
    throw new RuleError("outcome_differs");
  }
  tx.put("round", [round.id], {
    ...round,
    state: "counted",
    counts: countsOf(round) + 1,
    outcome: input.outcome,
  });
  return undefined;
};

/**
 * Sealed ballots are counted once two trustees have released their keys, and all of those that are opened are.
 *
 * @throws {RuleError} `not_released`, or `invalid_input` on an outcome of other ballots
 */
async function requireReleased(tx: Tx, round: Round, outcome: Outcome): Promise<void> {
  const sealing = await tx.need("sealing", round.id);
  requireState(tx, "sealing", sealing);
  const { opened, unopened } = ballotsOf(sealing);
  const paper = sheetsOf(sealing);
  if (outcome.ballots + outcome.void !== opened + paper.opened) invalid("outcome.ballots");
  if ((outcome.unopened ?? 0) !== unopened + paper.unopened) invalid("outcome.unopened");
}

/** Whatever was frozen, one organisation alone never attests: whoever counts would attest their own count. */
const leastAttestations = 2;

/** One attestation an organisation, each by another person, all of the same outcome (rule 2). */
export const attest: Handler<"rounds:attest"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  const { organisation, person } = tx.actor;
  const { voices } = tx.circumstances;
  await requireNoInterestInRound(tx, round);
  if (input.digest !== round.outcome?.digest) throw new RuleError("outcome_differs");
  for (const earlier of round.attestations) {
    if (voices[earlier.organisation] === voices[organisation])
      throw new RuleError("already_attested", { organisation });
    if (earlier.person === person) throw new RuleError("same_person");
  }
  const attestations = [...round.attestations, { organisation, person, digest: input.digest, on: tx.day }];
  const required = Math.max(round.requiredAttestations, leastAttestations);
  const attested = round.state === "counted" && attestations.length >= required;
  tx.put("round", [round.id], {
    ...round,
    attestations,
    ...(attested ? { state: "attested", attestedOn: tx.day } : {}),
  });
  return undefined;
};

/** Makes an attested result final, once the days for objecting are over and every objection is decided. */
export const finalise: Handler<"rounds:finalise"> = async (tx, input) => {
  const round = await tx.need("round", input.id);
  requireState(tx, "round", round);
  await requireNoInterestInRound(tx, round);
  const objections = await tx.listInternal("objector", round.id, String(countsOf(round)));
  const open = round.openObjections + objections.filter(({ decided }) => !decided).length;
  if (open > 0) throw new RuleError("objection_open", { count: open });
  const day = firstFinalDay(round);
  if (day === undefined || tx.day < day) throw new RuleError("too_early", { day: day ?? "" });
  tx.put("round", [round.id], { ...round, state: "final", act: input.act });
  return undefined;
};

/** How many times a round has been counted. */
export function countsOf(round: Pick<Round, "counts">): number {
  return round.counts ?? 0;
}

/**
 * An outcome must fit the frozen round: every project counted once, selected ones once and within the budget,
 * no more ballots than the roll nor votes than its ballots can give.
 *
 * @throws {RuleError} `invalid_input` naming the member that does not fit, or `over_budget`
 */
export function requireConsistent(round: Round, outcome: Outcome): void {
  const costs = new Map(round.projects.map(({ number, costCents }) => [number, costCents]));
  const selected = new Set(outcome.selected);
  if (selected.size !== outcome.selected.length) invalid("outcome.selected");
  let cost = 0n;
  for (const number of outcome.selected) cost += BigInt(costs.get(number) ?? invalid("outcome.selected"));
  if (cost !== BigInt(outcome.costCents)) invalid("outcome.costCents");
  if (cost > BigInt(round.budgetCents)) throw new RuleError("over_budget", { limitCents: round.budgetCents });

  if (outcome.ballots + outcome.void > round.rollSize) invalid("outcome.ballots");
  const numbers = new Set(outcome.votes.map(({ number }) => number));
  if (numbers.size !== outcome.votes.length || numbers.size !== costs.size) invalid("outcome.votes");
  const most = mostVotesOf(round.ballot);
  let votes = 0n;
  for (const line of outcome.votes) {
    if (!costs.has(line.number) || line.votes > outcome.ballots * most.each) invalid("outcome.votes");
    votes += BigInt(line.votes);
  }
  const ballots = BigInt(outcome.ballots);
  if (votes > ballots * BigInt(most.all) || votes < ballots * BigInt(round.ballot.least)) {
    invalid("outcome.votes");
  }
}
