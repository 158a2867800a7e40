import "server-only";
import { cache } from "react";
import type { StepName } from "@/features/workflow/rules";
import type { Duty as DutyRow, Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { TermName } from "@/protocol/workflow/terms";
import { keysOf, officesAmong, personKey } from "./duties";
import { freshDuties } from "./duty-index-service";
import type { DutyKind } from "./queue";
import { registerTitles } from "./register-duties-queries";
import { oldestFirst, type Waiting, type WaitingPlace } from "./rules";

/** Everything that waits for somebody in a municipality, oldest first, with the day it is counted by. */
export async function waitingFor(
  municipality: string,
  viewer: Viewer,
): Promise<{ day: string; items: Waiting[] }> {
  return waitingUnder(municipality, viewer, keysOf(viewer, municipality));
}

/** What waits for somebody as the representative of those who proposed or signed: not for their office. */
export const ownWaiting = cache((municipality: string, viewer: Viewer) =>
  waitingUnder(municipality, viewer, [personKey(viewer.id)]),
);

async function waitingUnder(municipality: string, viewer: Viewer, keys: readonly string[]) {
  const day = await freshDuties(municipality);
  const rows = await db.duty.findMany({ where: dutiesOf(municipality, viewer, keys) });
  return { day, items: oldestFirst(await asWaiting(municipality, rows)) };
}

/** The duties that somebody may do now under some of their keys. */
export function dutiesOf(
  municipality: string,
  viewer: Pick<Viewer, "id">,
  keys: readonly string[],
): Prisma.DutyWhereInput {
  return {
    municipality,
    audience: { hasSome: [...keys] },
    NOT: { barred: { has: viewer.id } },
    OR: [{ startsAt: null }, { startsAt: { lte: new Date() } }],
  };
}

export async function asWaiting(municipality: string, duties: readonly DutyRow[]): Promise<Waiting[]> {
  const { titleOf, placeOf } = await shownOf(municipality, duties);
  return duties.map((row) => ({
    ...{ transaction: row.transaction as StepName, id: row.record, title: titleOf(row) },
    ...{ since: row.since, place: placeOf(row), fictional: row.fictional, commonsName: row.commonsName },
    offices: officesAmong(row.audience),
    ...(row.startsAt !== null && { sinceHour: row.startsAt }),
    ...(row.dueOn !== null && { dueOn: row.dueOn }),
    ...(row.term !== null && { term: row.term as TermName }),
    ...(row.amountCents !== null && { amountCents: row.amountCents }),
  }));
}

/** What rows do not hold: people's names, and the draft that a vote has been begun with. */
async function shownOf(municipality: string, rows: readonly DutyRow[]) {
  const calls = rows.flatMap(({ place }) => {
    const { page, call } = place as { page: string; call?: string };
    return page === "newRound" ? (call ?? []) : [];
  });
  const [nameOf, frozen, drafts] = await Promise.all([
    registerTitles(
      municipality,
      rows.map(({ record, kind }) => ({ id: record, kind: kind as DutyKind })),
    ),
    calls.length === 0 ? [] : db.chainRound.findMany({ where: { municipality }, select: { id: true } }),
    calls.length === 0
      ? []
      : db.round.findMany({
          where: { municipality, call: { in: calls } },
          orderBy: { updatedAt: "desc" },
          select: { id: true, call: true },
        }),
  ]);
  const open = drafts.filter(({ id }) => !frozen.some((round) => round.id === id));
  return {
    titleOf: (row: DutyRow) => row.title || nameOf(row.record),
    placeOf: (row: DutyRow): WaitingPlace => {
      const place = row.place as WaitingPlace;
      const draft = place.page === "newRound" && open.find(({ call }) => call === place.call);
      return draft ? { page: "round", id: draft.id } : place;
    },
  };
}
