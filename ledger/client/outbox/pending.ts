import type { Prisma, PrismaClient } from "../../../generated/prisma/client";
import type { TransactionName } from "../../../protocol/transactions";
import { untraceable } from "./enqueue";
import type { OutboxFailure } from "./errors";

/** A step that pages show before, or in the place of, what the projection shows. */
export interface PendingItem {
  readonly id: string;
  readonly transaction: TransactionName;
  /**
   * `to_sign`: waits for its person's passkey, `error` says why once more. `waiting`: on its way. `failed`: refused, see
   * `error`.
   */
  readonly status: "to_sign" | "waiting" | "failed";
  readonly subject: { readonly type: string; readonly id: string };
  readonly input: Prisma.JsonValue;
  readonly error?: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };
  readonly createdAt: Date;
}

export interface PendingQuestion {
  readonly municipality: string;
  /** The record the items are about. */
  readonly subject?: { readonly type: string; readonly id: string };
  /** Only what this person asked for. */
  readonly person?: string;
  /** How long a refusal is shown, milliseconds. Default one day. */
  readonly failedFor?: number;
}

/**
 * Steps that were asked for and are not in the tables: on their way, to be signed, or refused. An item that is committed
 * stays here until the block it is in is projected, so that it is never missing from both. Ballots are nobody's to see.
 */
export async function pendingItems(
  db: PrismaClient | Prisma.TransactionClient,
  { municipality, subject, person, failedFor = 24 * 3600 * 1000 }: PendingQuestion,
): Promise<PendingItem[]> {
  const last = await db.chainBlock.findFirst({ orderBy: { number: "desc" }, select: { number: true } });
  const rows = await db.outboxItem.findMany({
    where: {
      municipality,
      transaction: { notIn: [...untraceable] },
      ...(subject && { subjectType: subject.type, subjectId: subject.id }),
      ...(person !== undefined && { person }),
      OR: [
        { status: { in: ["to_sign", "following", "queued", "sending"] } },
        { status: "committed", block: { gt: last?.number ?? -1n } },
        {
          status: "failed",
          settledAt: { gt: new Date(Date.now() - failedFor) },
          errorCode: { not: "put_aside" satisfies OutboxFailure },
        },
      ],
    },
    orderBy: { sequence: "asc" },
    take: 200,
  });
  return rows.map((row) => ({
    id: row.id,
    transaction: row.transaction as TransactionName,
    status: row.status === "to_sign" || row.status === "failed" ? row.status : "waiting",
    subject: { type: row.subjectType, id: row.subjectId },
    input: row.input,
    ...((row.status === "failed" || row.errorCode !== null) && {
      error: {
        code: row.errorCode ?? "unknown",
        params: (row.errorParams ?? {}) as Record<string, string | number>,
      },
    }),
    createdAt: row.createdAt,
  }));
}
