import "server-only";
import { chainDay } from "@/features/calls/queries";
import type { Viewer } from "@/lib/permissions";
import { organisations, type Role, roleOrganisations, roles } from "@/protocol/primitives";
import { transactions } from "@/protocol/transactions";
import { moneyWaiting } from "./money-waiting-queries";
import { type StoppedMoney, stoppedIn } from "./stopped";

export type Stopped = { day: string; items: readonly StoppedMoney[]; totalCents: bigint };

/** The money that waits for a step of an office, the longest waiting first: how much, for whom, and since when. */
export async function stoppedMoney(municipality: string): Promise<Stopped> {
  const day = await chainDay(municipality);
  const waiting = await moneyWaiting({ municipality, viewer: everyOffice(municipality), day });
  const items = stoppedIn(waiting, (transaction) => transactions[transaction].roles as readonly Role[]);
  return { day, items, totalCents: items.reduce((sum, { amountCents }) => sum + amountCents, 0n) };
}

/** Nobody in particular, in every office. */
function everyOffice(municipality: string): Viewer {
  return {
    ...{ id: "nobody", name: "", language: "it" },
    roles: roles.flatMap((role) =>
      organisations
        .filter((organisation) => role !== "resident" && roleOrganisations[role].includes(organisation))
        .map((organisation) => ({ municipality, organisation, role })),
    ),
  };
}
