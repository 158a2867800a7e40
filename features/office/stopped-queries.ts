import "server-only";
import { chainDay } from "@/features/calls/queries";
import { type Role, roleOrganisations, roles } from "@/protocol/primitives";
import { transactions } from "@/protocol/transactions";
import { moneyWaiting } from "./money-waiting-queries";
import { nobodyWith } from "./rules";
import { type StoppedMoney, stoppedIn } from "./stopped";

export type Stopped = { day: string; items: readonly StoppedMoney[]; totalCents: bigint };

/** The money that waits for a step of an office, the longest waiting first: how much, for whom, and since when. */
export async function stoppedMoney(municipality: string): Promise<Stopped> {
  const day = await chainDay(municipality);
  const waiting = await moneyWaiting({ municipality, viewer: nobodyWith(municipality, everyOffice), day });
  const items = stoppedIn(waiting, (transaction) => transactions[transaction].roles as readonly Role[]);
  return { day, items, totalCents: items.reduce((sum, { amountCents }) => sum + amountCents, 0n) };
}

const everyOffice = roles
  .filter((role) => role !== "resident")
  .flatMap((role) => roleOrganisations[role].map((organisation) => ({ organisation, role })));
