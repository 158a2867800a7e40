/** What happens by itself: the chain's day goes on, pacts end on their day, the link between voters and keys is erased. */
import { createHash } from "node:crypto";
import { forgetVoters } from "@/features/ballots/service";
import { municipalService } from "@/ledger/identities/services";
import { once, record } from "@/ledger/outbox/record";
import { db } from "@/lib/db";
import { todayInItaly } from "@/lib/local-time";

/** Does what is due. Asking again, or from two processes, does nothing twice: each command follows from its day. */
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
  const command = commandOf(`day ${municipality} ${day}`);
  await once(command, (tx) =>
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
    where: { municipality, state: { in: ["active", "suspended"] }, endsOn: { lt: today } },
    select: { id: true },
  });
  for (const { id } of over) {
    const command = commandOf(`expire ${municipality} ${id}`);
    await once(command, (tx) =>
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
}

function serviceOf(municipality: string) {
  const { person, organisation } = municipalService(municipality);
  return { municipality, person, organisation, role: "service" as const };
}

function commandOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
