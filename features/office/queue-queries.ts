import "server-only";
import { namesOf } from "@/features/register/queries";
import type { Duty as DutyRow, Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { literally } from "@/lib/like";
import { pagesOf } from "@/lib/page-in";
import type { Viewer } from "@/lib/permissions";
import { rolesHeldIn } from "@/lib/roles-held";
import { keysOf } from "./duties";
import { freshDuties } from "./duty-index-service";
import { asWaiting, dutiesOf } from "./queries";
import { isNarrowed, PER_PAGE, type QueueColumn, type QueueFilter, queueKinds } from "./queue";
import type { Waiting } from "./rules";

export type QueueItem = Waiting & {
  assignee?: { id: string; name: string };
  protocolNumber?: string;
  /** A form was sent that waits for a signature or for the ledger. */
  isOnItsWay: boolean;
};

export type Queue = {
  day: string;
  items: QueueItem[];
  /** Of all pages, and without any filter. */
  count: number;
  whole: number;
  late: number;
  page: number;
  pages: number;
  districts: number[];
};

/** One page of what waits for somebody, narrowed, sorted and cut by the database. */
export async function queueFor(municipality: string, viewer: Viewer, queue: QueueFilter): Promise<Queue> {
  const day = await freshDuties(municipality);
  const all = dutiesOf(municipality, viewer, keysOf(viewer, municipality));
  const where = await narrowed(all, municipality, { viewer, queue, day });
  const [count, whole, late, districts] = await Promise.all([
    db.duty.count({ where }),
    isNarrowed(queue) ? db.duty.count({ where: all }) : undefined,
    db.duty.count({ where: { AND: [all, { dueOn: { lt: day } }] } }),
    db.duty.findMany({
      where: { AND: [all, { district: { not: null } }] },
      distinct: ["district"],
      select: { district: true },
      orderBy: { district: "asc" },
    }),
  ]);
  const pages = pagesOf(count, PER_PAGE);
  const page = Math.min(queue.page, pages);
  const rows = await db.duty.findMany({
    where,
    orderBy: orderOf(queue),
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
  });
  return {
    ...{ day, count, whole: whole ?? count, late, page, pages },
    districts: districts.flatMap(({ district }) => district ?? []),
    items: await asItems(municipality, rows),
  };
}

/** One duty as it stands now, if this person may do it. */
export async function dutyOf(
  municipality: string,
  viewer: Viewer,
  of: { transaction: string; record: string },
): Promise<{ day: string; item: QueueItem } | undefined> {
  const day = await freshDuties(municipality);
  const where = dutiesOf(municipality, viewer, keysOf(viewer, municipality));
  const row = await db.duty.findFirst({ where: { AND: [where, of] } });
  const [item] = row ? await asItems(municipality, [row]) : [];
  return item && { day, item };
}

/**
 * The duty that stands after one in a queue, or the queue's first where that one is the last or is gone. What is on
 * its way already is left out.
 */
export async function dutyAfter(
  municipality: string,
  viewer: Viewer,
  from: { queue: QueueFilter; done: { transaction: string; record: string } },
): Promise<Waiting | undefined> {
  const { queue } = from;
  // What is handed over may say more than which one it is.
  const done = { transaction: from.done.transaction, record: from.done.record };
  const day = await freshDuties(municipality);
  const all = dutiesOf(municipality, viewer, keysOf(viewer, municipality));
  const where = await narrowed(all, municipality, { viewer, queue, day });
  const orderBy = orderOf(queue);
  const there = await db.duty.findFirst({ where: { AND: [where, done] }, select: { record: true } });
  const cursor = { municipality_transaction_record: { municipality, ...done } };
  const [after, first] = await Promise.all([
    there ? db.duty.findMany({ where, orderBy, cursor, skip: 1, take: PER_PAGE }) : [],
    db.duty.findMany({ where, orderBy, take: PER_PAGE }),
  ]);
  const rows = [...after, ...first].filter(
    ({ transaction, record }) => transaction !== done.transaction || record !== done.record,
  );
  const onItsWay = await onTheirWay(municipality, rows);
  const next = rows.find((row) => !onItsWay(row));
  return next && (await asWaiting(municipality, [next]))[0];
}

/** People who may do a duty, whose names are shown to each other. */
export async function colleaguesFor(
  municipality: string,
  of: { transaction: string; record: string },
): Promise<{ id: string; name: string }[]> {
  const row = await db.duty.findFirst({ where: { municipality, ...of } });
  if (!row) return [];
  const held = Map.groupBy(await rolesHeldIn(municipality), ({ person }) => person);
  const able = [...held].filter(
    ([person, roles]) =>
      !row.barred.includes(person) &&
      keysOf({ id: "", roles }, municipality).some((key) => row.audience.includes(key)),
  );
  const nameOf = await namesOf(able.map(([person]) => person));
  return able
    .map(([id]) => ({ id, name: nameOf(id) }))
    .filter(({ name }) => name !== "")
    .sort((a, b) => a.name.localeCompare(b.name, "it"));
}

export type DutyChange = { number?: string; assignee?: string; by: string; at: Date };

/** Who took a duty on, and which numbers its record had: latest first. */
export async function historyOf(
  municipality: string,
  of: { transaction: string; record: string },
): Promise<{ assignments: DutyChange[]; numbers: DutyChange[] }> {
  const [assignments, numbers] = await Promise.all([
    db.dutyAssignment.findMany({ where: { municipality, ...of }, orderBy: { revision: "desc" }, take: 100 }),
    db.protocolNumber.findMany({
      where: { municipality, record: of.record },
      orderBy: { revision: "desc" },
      take: 100,
    }),
  ]);
  const nameOf = await namesOf([...assignments, ...numbers].flatMap((row) => peopleOf(row)));
  return {
    assignments: assignments.map(({ assignee, by, createdAt }) => ({
      ...{ by: nameOf(by), at: createdAt },
      ...(assignee !== null && { assignee: nameOf(assignee) }),
    })),
    numbers: numbers.map(({ number, by, createdAt }) => ({ number, by: nameOf(by), at: createdAt })),
  };
}

/** The last things that somebody changed about duties in the database, latest first. */
export async function ownDutyChanges(municipality: string, viewer: Viewer) {
  const where = { municipality, by: viewer.id };
  const of = { where, orderBy: { createdAt: "desc" }, take: 50 } as const;
  const [assignments, numbers] = await Promise.all([
    db.dutyAssignment.findMany(of),
    db.protocolNumber.findMany(of),
  ]);
  const nameOf = await namesOf(assignments.flatMap((row) => peopleOf(row)));
  return [
    ...assignments.map(({ transaction, assignee, createdAt }) => ({
      ...{ transaction, at: createdAt, assignee: assignee === null ? "" : nameOf(assignee) },
    })),
    ...numbers.map(({ number, createdAt }) => ({ number, at: createdAt })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
}

function peopleOf(row: { by: string; assignee?: string | null }): string[] {
  return row.assignee ? [row.by, row.assignee] : [row.by];
}

async function narrowed(
  all: Prisma.DutyWhereInput,
  municipality: string,
  { viewer, queue, day }: { viewer: Viewer; queue: QueueFilter; day: string },
): Promise<Prisma.DutyWhereInput> {
  const { search, kind, district, isLate, isMine, leastCents } = queue;
  const contains = { contains: literally(search), mode: "insensitive" } as const;
  const [numbered, mine] = await Promise.all([
    search
      ? db.protocolNumber.findMany({
          where: { municipality, supersededAt: null, number: contains },
          select: { record: true },
          take: 200,
        })
      : [],
    isMine
      ? db.dutyAssignment.findMany({
          where: { municipality, assignee: viewer.id, supersededAt: null },
          select: { transaction: true, record: true },
          take: 1000,
        })
      : [],
  ]);
  const records = numbered.map(({ record }) => record);
  return {
    AND: [
      all,
      ...(search
        ? [{ OR: [{ title: contains }, { commonsName: contains }, { record: { in: records } }] }]
        : []),
      ...(kind ? [{ kind: { in: [...queueKinds[kind]] } }] : []),
      ...(district !== undefined ? [{ district }] : []),
      ...(isLate ? [{ dueOn: { lt: day } }] : []),
      // An empty OR narrows nothing where it is nested.
      ...(isMine ? [mine.length > 0 ? { OR: mine } : { record: { in: [] } }] : []),
      ...(leastCents !== undefined ? [{ amountCents: { gte: leastCents } }] : []),
    ],
  };
}

const columns = {
  since: (sort) => ({ since: sort }),
  due: (sort) => ({ dueOn: { sort, nulls: "last" } }),
  amount: (sort) => ({ amountCents: { sort, nulls: "last" } }),
  commons: (sort) => ({ commonsName: sort }),
  task: (sort) => ({ title: sort }),
} satisfies Record<QueueColumn, (sort: "asc" | "desc") => Prisma.DutyOrderByWithRelationInput>;

/** Of the same rank what is due sooner, then by key, so that the order never jumps between two pages. */
function orderOf({ column, direction }: QueueFilter): Prisma.DutyOrderByWithRelationInput[] {
  const sort = direction === "ascending" ? "asc" : "desc";
  const rest = column === "due" ? [{ since: "asc" as const }] : [columns.due("asc")];
  return [columns[column](sort), ...rest, { record: "asc" }, { transaction: "asc" }];
}

async function asItems(municipality: string, rows: readonly DutyRow[]): Promise<QueueItem[]> {
  const records = { in: rows.map(({ record }) => record) };
  const current = { municipality, supersededAt: null, record: records };
  const [items, assigned, numbers, onItsWay] = await Promise.all([
    asWaiting(municipality, rows),
    db.dutyAssignment.findMany({ where: { ...current, assignee: { not: null } } }),
    db.protocolNumber.findMany({ where: { ...current, number: { not: "" } } }),
    onTheirWay(municipality, rows),
  ]);
  const nameOf = await namesOf(assigned.flatMap((row) => peopleOf(row)));
  return items.map((item) => {
    const { assignee } =
      assigned.find((row) => row.record === item.id && row.transaction === item.transaction) ?? {};
    const protocolNumber = numbers.find(({ record }) => record === item.id)?.number;
    return {
      ...item,
      isOnItsWay: onItsWay({ transaction: item.transaction, record: item.id }),
      ...(assignee && { assignee: { id: assignee, name: nameOf(assignee) } }),
      ...(protocolNumber !== undefined && { protocolNumber }),
    };
  });
}

/** Whether a step on a record was asked for and is not on the ledger yet. */
async function onTheirWay(municipality: string, rows: readonly { transaction: string; record: string }[]) {
  const items = await db.outboxItem.findMany({
    where: {
      municipality,
      status: { in: ["to_sign", "following", "queued", "sending"] },
      transaction: { in: [...new Set(rows.map(({ transaction }) => transaction))] },
    },
    select: { transaction: true, subjectId: true, input: true },
    take: 1000,
  });
  return ({ transaction, record }: { transaction: string; record: string }) =>
    items.some(
      (item) =>
        item.transaction === transaction &&
        (item.subjectId === record || Object.values(item.input as object).includes(record)),
    );
}
