import { z } from "zod";
import { type ErrorCode, type ErrorParams, errorCodes } from "../../../protocol/errors";
import type { InputOf, TransactionName } from "../../../protocol/transactions";

/** As many ballots as one transaction of the chaincode takes. */
export const largestBatch = 200;

/** What became of one item of a committed transaction: recorded, or refused by itself while others were recorded. */
export type ItemResult = { readonly refused?: { readonly code: ErrorCode; readonly params: ErrorParams } };

type Batchable = { transaction: TransactionName; municipality: string; input: object; signer: string };

/** Items with the same key may share a transaction: ballots of one round with the same signer. */
export function batchKeyOf({ transaction, municipality, input, signer }: Batchable): string | null {
  if (transaction !== "rounds:cast") return null;
  const { round, ballots } = input as CastInput;
  return ballots.length === 1 ? [transaction, municipality, round, signer].join(" ") : null;
}

/** The argument of a transaction that holds all these items, in their order. `command` is still to be added. */
export function mergedInput(inputs: readonly object[]): object {
  const [first] = inputs as readonly CastInput[];
  if (!first || inputs.length === 1) return inputs[0] ?? {};
  return { ...first, ballots: (inputs as readonly CastInput[]).flatMap(({ ballots }) => ballots) };
}

/**
 * Tells each item what became of it from the chaincode's answer to the transaction that held them.
 * @param answer payload of the chaincode's response, UTF-8 JSON
 */
export function resultsOf(
  transaction: TransactionName,
  inputs: readonly object[],
  answer: Uint8Array,
): ItemResult[] {
  if (transaction !== "rounds:cast") return inputs.map(() => ({}));
  const { ballots } = castAnswer.parse(JSON.parse(Buffer.from(answer).toString("utf8")));
  const refusals = new Map(
    ballots.flatMap(({ key, seq, accepted, code }) => (accepted || !code ? [] : [[`${key} ${seq}`, code]])),
  );
  return (inputs as readonly CastInput[]).map((input) => {
    const refused = input.ballots.find(({ key, seq }) => refusals.has(`${key} ${seq}`));
    const code = refused && refusals.get(`${refused.key} ${refused.seq}`);
    return code && refused ? { refused: { code, params: { key: refused.key, seq: refused.seq } } } : {};
  });
}

/** True where a refusal of a batch is one of each item in it: no use in trying them one by one. */
export function concernsAll(code: ErrorCode): boolean {
  return batchWide.has(code);
}

type CastInput = Omit<InputOf<"rounds:cast">, "command">;

const batchWide: ReadonlySet<ErrorCode> = new Set([
  "round_not_open",
  "too_late",
  "not_found",
  "wrong_role",
  "wrong_organisation",
  "wrong_municipality",
  "wrong_certificate",
  "not_founded",
]);

const castAnswer = z.object({
  ballots: z.array(
    z.object({ key: z.string(), seq: z.int(), accepted: z.boolean(), code: z.enum(errorCodes).optional() }),
  ),
});
