/** Who takes a duty on, and the number of its record: kept in the database, with every earlier state. */
import { brokenUniqueIndex, db } from "@/lib/db";
import { ConflictError, NotAllowedError, NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { colleaguesFor, dutyOf } from "./queue-queries";

type Of = { transaction: string; record: string };

/**
 * Gives a duty to somebody who may do it, or back to everybody.
 * @throws NotFoundError where it does not wait for the person who asks, NotAllowedError for somebody who may not do it,
 * ConflictError where somebody else was quicker
 */
export async function assignDuty(
  viewer: Viewer,
  municipality: string,
  assignment: { of: Of; assignee: string | null; revision: number },
): Promise<void> {
  const { of, assignee, revision } = assignment;
  if (!(await dutyOf(municipality, viewer, of))) throw new NotFoundError("duty_not_found");
  if (assignee !== null) {
    const able = await colleaguesFor(municipality, of);
    if (!able.some(({ id }) => id === assignee)) throw new NotAllowedError("assignee_may_not");
  }
  await db.$transaction(async (tx) => {
    const where = { municipality, ...of };
    const last = await tx.dutyAssignment.findFirst({ where, orderBy: { revision: "desc" } });
    if ((last?.revision ?? 0) !== revision) throw new ConflictError("assigned_meanwhile");
    await supersede("assigned_meanwhile", () =>
      tx.dutyAssignment.create({
        data: { ...where, assignee, by: viewer.id, revision: revision + 1 },
      }),
    );
    await tx.dutyAssignment.updateMany({
      where: { ...where, revision: { lte: revision }, supersededAt: null },
      data: { supersededAt: new Date() },
    });
  });
}

/**
 * Writes the number that a record has in the municipality's register of documents; empty takes it away.
 * @throws NotFoundError where the duty does not wait for the person who asks, ConflictError where somebody else was quicker
 */
export async function setProtocolNumber(
  viewer: Viewer,
  municipality: string,
  numbering: { of: Of; number: string; revision: number },
): Promise<void> {
  const { of, number, revision } = numbering;
  if (!(await dutyOf(municipality, viewer, of))) throw new NotFoundError("duty_not_found");
  const where = { municipality, record: of.record };
  await db.$transaction(async (tx) => {
    const last = await tx.protocolNumber.findFirst({ where, orderBy: { revision: "desc" } });
    if ((last?.revision ?? 0) !== revision) throw new ConflictError("numbered_meanwhile");
    if ((last?.number ?? "") === number) return;
    await supersede("numbered_meanwhile", () =>
      tx.protocolNumber.create({ data: { ...where, number, by: viewer.id, revision: revision + 1 } }),
    );
    await tx.protocolNumber.updateMany({
      where: { ...where, revision: { lte: revision }, supersededAt: null },
      data: { supersededAt: new Date() },
    });
  });
}

/** The revisions that a page shows, for a form to say what it changes. */
export async function dutyRevisions(
  municipality: string,
  of: Of,
): Promise<{ assignment: number; number: number }> {
  const newest = { orderBy: { revision: "desc" }, select: { revision: true } } as const;
  const [assignment, number] = await Promise.all([
    db.dutyAssignment.findFirst({ where: { municipality, ...of }, ...newest }),
    db.protocolNumber.findFirst({ where: { municipality, record: of.record }, ...newest }),
  ]);
  return { assignment: assignment?.revision ?? 0, number: number?.revision ?? 0 };
}

async function supersede(code: string, create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    // Two at once wrote the same revision.
    if (brokenUniqueIndex(error)) throw new ConflictError(code);
    throw error;
  }
}
