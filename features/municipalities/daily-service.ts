/** What happens by itself: the chain's day goes on, pacts end on their day, the link between voters and keys is erased. */
import { forgetVoters } from "@/features/ballots/service";
import type { Prisma } from "@/generated/prisma/client";
import { municipalService } from "@/ledger/client/identities/services";
import { once, record } from "@/ledger/client/outbox/record";
import { db } from "@/lib/db";
import { systemCommand } from "@/lib/intention";
import { todayInItaly } from "@/lib/local-time";
import { statesFor } from "@/protocol/workflow/table";

/**
 * Does what is due. Asking again, or from two processes, does nothing twice: each command follows, under a key of the
 * server, from what it is for.
 */
export async function daily(): Promise<void> {
  const today = todayInItaly();
  const days = await db.chainDay.findMany();
  for (const { municipality, day } of days) {
    if (day < today) await advance(municipality, today);
    else await endPacts(municipality, today);
  }
  await forgetVoters();
}

async function advance(municipality: string, day: string): Promise<void> {
  await due(["day", municipality, day], (tx, command) =>
    record(
      tx,
      serviceOf(municipality),
      "municipality:advanceDay",
      { municipality, day },
      { type: "day", id: "day" },
      command,
    ),
  );
}

async function endPacts(municipality: string, today: string): Promise<void> {
  const over = await db.chainPact.findMany({
    where: { municipality, state: { in: statesFor("pacts:expire", "pact") }, endsOn: { lt: today } },
    select: { id: true },
  });
  for (const { id } of over)
    await due(["expire", municipality, id], (tx, command) =>
      record(
        tx,
        serviceOf(municipality),
        "pacts:expire",
        { municipality, id },
        { type: "pact", id },
        command,
      ),
    );
}

/** How long what was refused is left before it is tried again, milliseconds. */
const PAUSE_AFTER_FAILURE_MS = 15 * 60_000;

/**
 * Queues what is due unless it is on its way or done. What failed is not done: it is tried again after a pause, each
 * attempt under a command of its own.
 */
async function due(
  what: readonly string[],
  queue: (tx: Prisma.TransactionClient, command: string) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const command = systemCommand(...what, String(attempt));
    const before = await db.outboxItem.findUnique({
      where: { id: command },
      select: { status: true, settledAt: true },
    });
    if (!before) return once(command, (tx) => queue(tx, command));
    const resting = (before.settledAt?.getTime() ?? 0) > Date.now() - PAUSE_AFTER_FAILURE_MS;
    if (before.status !== "failed" || resting) return;
  }
}

function serviceOf(municipality: string) {
  const { person, organisation } = municipalService(municipality);
  return { municipality, person, organisation, role: "service" as const };
}
