/** What the chaincode will refuse of a commitment, said before any of its parts is queued. */
import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { RecordOf } from "@/protocol/records";

type Tx = Prisma.TransactionClient;
type Part = { line: string; amountCents: number };

/**
 * The lines of all parts of one commitment. Part by part the ledger would take the first ones and refuse the rest, so that
 * the sum is compared here with what is left of what was decided; the chaincode decides.
 * @throws ConflictError `line_year_over`, `cup_missing`, `over_budget`, `line_not_of_call` or `over_decided`
 */
export async function requireAllParts(
  tx: Tx,
  municipality: string,
  pact: string,
  cup: string | undefined,
  parts: readonly Part[],
) {
  const day = await tx.chainDay.findUnique({ where: { municipality_id: { municipality, id: "day" } } });
  const lines: Awaited<ReturnType<typeof lineIn>>[] = [];
  for (const { line: id, amountCents } of parts) {
    const line = await lineIn(tx, municipality, id);
    if (day && line.year < Number(day.day.slice(0, 4)))
      throw new ConflictError("line_year_over", { year: line.year });
    if (line.kind === "investment" && cup === undefined) throw new ConflictError("cup_missing");
    const left = line.budgetCents - line.committedCents;
    if (BigInt(amountCents) > left) throw new ConflictError("over_budget", { limitCents: Number(left) });
    lines.push(line);
  }
  const { lines: decided, leftCents } = await decidedFor(tx, municipality, pact);
  if (parts.some(({ line }) => !decided.includes(line))) throw new ConflictError("line_not_of_call");
  const sum = parts.reduce((total, { amountCents }) => total + BigInt(amountCents), 0n);
  if (sum > leftCents) throw new ConflictError("over_decided", { limitCents: Number(leftCents) });
  return lines;
}

export async function lineIn(tx: Tx, municipality: string, id: string) {
  const line = await tx.chainBudgetLine.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!line) throw new NotFoundError("line_not_found");
  return line;
}

/** On which lines money may be committed to a pact's proposal, and how much is left of it. */
async function decidedFor(tx: Tx, municipality: string, pact: string) {
  const of = (id: string) => ({ where: { municipality_id: { municipality, id } } });
  const standing = await tx.chainPact.findUnique(of(pact));
  const proposal = standing && (await tx.chainProposal.findUnique(of(standing.proposal)));
  const call = proposal && (await tx.chainCall.findUnique(of(proposal.call)));
  if (!proposal || !call) throw new NotFoundError("pact_not_found");
  const { beyond, committedCents } = proposal.record as unknown as RecordOf<"proposal">;
  const limit = BigInt(beyond?.costCents ?? proposal.costCents);
  const committed = committedCents ?? (await sumOf(tx, municipality, proposal.id));
  return { lines: [...call.lines, ...(beyond?.lines ?? [])], leftCents: limit - BigInt(committed) };
}

/** Of a proposal older than the sum in its record. */
async function sumOf(tx: Tx, municipality: string, proposal: string): Promise<bigint> {
  const where = { municipality, proposal };
  const { _sum } = await tx.chainCommitment.aggregate({ where, _sum: { amountCents: true } });
  return _sum.amountCents ?? 0n;
}
