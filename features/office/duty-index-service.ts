/** The duties of a municipality as rows, computed anew when the ledger's tables have changed. */
import { chainDay } from "@/features/calls/queries";
import type { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { commentsDuties, commentsKey } from "./comments-duties-queries";
import type { Duty } from "./duties";
import { moneyDuties } from "./money-duties-queries";
import { pactsDuties } from "./pacts-duties-queries";
import { proposalsDuties } from "./proposals-duties-queries";
import { registerDuties } from "./register-duties-queries";
import { roundsDuties, settingsDuties } from "./rounds-duties-queries";
import { sealedDuties } from "./sealed-duties-queries";
import { signaturesDuties } from "./signatures-duties-queries";

/** Changes whenever the same tables lead to other rows. */
const VERSION = 5;
/** Rows of one statement: a statement has a limit of parameters. */
const AT_ONCE = 500;

const underWay = new Map<string, Promise<void>>();

/** Sees to it that the rows are those of now, and gives the chain's day that they are of. */
export async function freshDuties(municipality: string): Promise<string> {
  const { key, day } = await keyOfNow(municipality);
  const held = await db.dutyIndex.findUnique({ where: { municipality }, select: { key: true } });
  if (held?.key === key) return day;
  const name = `${municipality} ${key}`;
  const work = underWay.get(name) ?? write(municipality, { key, day });
  underWay.set(name, work);
  try {
    await work;
  } finally {
    underWay.delete(name);
  }
  return day;
}

/** Everything that waits for somebody in a municipality. */
export async function allDuties(municipality: string, day: string): Promise<Duty[]> {
  const found = await Promise.all([
    proposalsDuties(municipality, day),
    roundsDuties(municipality, day),
    sealedDuties(municipality),
    pactsDuties(municipality, day),
    moneyDuties(municipality, day),
    settingsDuties(municipality),
    registerDuties(municipality),
    signaturesDuties(municipality),
    commentsDuties(municipality),
  ]);
  return found.flat().filter(({ audience }) => audience.length > 0);
}

/** What the rows depend on: read before them, so that a change in between is seen the next time. */
async function keyOfNow(municipality: string): Promise<{ key: string; day: string }> {
  const [day, head, offers, comments, writers] = await Promise.all([
    chainDay(municipality),
    db.chainBlock.aggregate({ _max: { number: true } }),
    db.passkeyOffer.aggregate({ where: { municipality }, _count: true, _max: { createdAt: true } }),
    commentsKey(municipality),
    db.coAuthor.aggregate({ where: { municipality }, _count: true, _max: { since: true } }),
  ]);
  const joined = `${writers._count}/${writers._max.since?.getTime() ?? 0}`;
  const latest = offers._max.createdAt?.getTime() ?? 0;
  return {
    day,
    key: [VERSION, head._max.number ?? "", day, offers._count, latest, comments, joined].join("/"),
  };
}

async function write(municipality: string, now: { key: string; day: string }): Promise<void> {
  const duties = await allDuties(municipality, now.day);
  await db.$transaction(
    async (tx) => {
      // Whoever writes second waits here for the first to be through.
      await tx.$executeRaw`
        INSERT INTO public."DutyIndex" (municipality, key) VALUES (${municipality}, ${now.key})
        ON CONFLICT (municipality) DO UPDATE SET key = EXCLUDED.key`;
      await tx.duty.deleteMany({ where: { municipality } });
      const rows = duties.map((duty) => rowOf(municipality, duty));
      for (let from = 0; from < rows.length; from += AT_ONCE)
        await tx.duty.createMany({ data: rows.slice(from, from + AT_ONCE), skipDuplicates: true });
    },
    { timeout: 30_000 },
  );
}

function rowOf(municipality: string, duty: Duty): Prisma.DutyCreateManyInput {
  const { transaction, id, kind, title, since, dueOn, term, amountCents, place } = duty;
  return {
    ...{ municipality, transaction, record: id, kind, title, since, place },
    ...{ dueOn: dueOn ?? null, term: term ?? null, amountCents: amountCents ?? null },
    ...{ commons: duty.commons ?? null, commonsName: duty.commonsName ?? "" },
    ...{ district: duty.district ?? null, fictional: duty.fictional ?? false },
    ...{ audience: [...new Set(duty.audience)], barred: [...new Set(duty.barred)] },
    startsAt: duty.startsAt ?? null,
  };
}
