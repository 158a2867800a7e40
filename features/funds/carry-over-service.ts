/** Year end: what is left of a commitment goes to a line of the running year. */
import { randomUUID } from "node:crypto";
import { chainDay } from "@/features/calls/queries";
import { attachAct } from "@/features/documents/act-service";
import { once, record } from "@/ledger/client/outbox/record";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Act, Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { hasEnded, leftOver } from "./rules";

/** An act of a form with its file, where there is one. */
type Authority = { act: typeof Act._output; upload?: string };

/** The commitment of the new year has the command as its id. The sum is what is left now: whoever signs reads it. */
export async function carryOver(
  actor: Actor,
  commitment: string,
  how: Authority & { line?: string | undefined; name?: string | undefined },
  command: string,
): Promise<string> {
  const { municipality } = actor;
  const { line, name, act, upload } = how;
  const id = command;
  // Read before the transaction: an embedded database has one connection, which that holds.
  const day = await chainDay(municipality);
  await once(command, async (tx) => {
    const row = await tx.chainCommitment.findUnique({
      where: { municipality_id: { municipality, id: commitment } },
    });
    if (!row) throw new NotFoundError("commitment_not_found");
    const [from, milestones, pact] = await Promise.all([
      tx.chainBudgetLine.findUnique({ where: { municipality_id: { municipality, id: row.line } } }),
      tx.chainMilestone.findMany({ where: { municipality, commitment } }),
      tx.chainPact.findUniqueOrThrow({ where: { municipality_id: { municipality, id: row.pact } } }),
    ]);
    const left = leftOver(
      row.record as unknown as RecordOf<"commitment">,
      milestones.map((milestone) => milestone.record as unknown as RecordOf<"milestone">),
      from?.year ?? 0,
      hasEnded(pact, day),
    );
    // Where nothing is left the ledger would be asked for no amount at all.
    if (left.amountCents === 0) throw new ConflictError("nothing_to_carry");
    const to = line ? { line } : { line: randomUUID(), name, year: Number(day.slice(0, 4)) };
    const input = { municipality, id, commitment, ...to, amountCents: left.amountCents, act };
    await attachAct(tx, actor, upload, { type: "commitment", id });
    await record(tx, actor, "funds:carryOver", input, { type: "commitment", id: commitment }, command);
  });
  return id;
}
