import "server-only";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";
import type { InputOf } from "@/protocol/transactions";
import type { Given } from "./rules";
import { isOnRoll } from "./service";

export type VoterView = {
  onRoll: boolean;
  /** The ballot that stands or is on its way; the choices are read from the ledger's own record. */
  ballot: {
    key: string;
    seq: number;
    /** When the voter gave it to be sent. */
    givenAt: Date;
    status: "pending" | "recorded" | "failed";
    error: { code: string; params: Record<string, string | number> } | null;
    given: Given;
    transactionId: string | null;
    block: number | null;
  } | null;
};

/** What a person sees of their own vote in a round. */
export async function voterView(municipality: string, round: string, viewer: Viewer): Promise<VoterView> {
  const person = viewer.id;
  const [onRoll, key] = await Promise.all([
    isOnRoll({ municipality, person }, round),
    db.voterKey.findUnique({ where: { municipality_round_person: { municipality, round, person } } }),
  ]);
  if (!key) return { onRoll, ballot: null };
  const item = await db.outboxItem.findFirst({
    where: {
      ...{ municipality, subjectType: "ballot", subjectId: `${round}/${key.publicKey}` },
      transaction: "rounds:cast",
    },
    orderBy: { sequence: "desc" },
  });
  if (!item) return { onRoll, ballot: null };
  const [sent] = (item.input as unknown as InputOf<"rounds:cast">).ballots;
  const cast = await db.chainBallot.findFirst({
    where: { municipality, round, key: key.publicKey, seq: sent?.seq ?? 0 },
  });
  const status = cast ? "recorded" : item.status === "failed" ? "failed" : "pending";
  return {
    onRoll,
    ballot: {
      ...{ key: key.publicKey, seq: sent?.seq ?? 0, givenAt: item.createdAt, status },
      // What is recorded is what the ledger has, whatever was asked of it.
      given: cast
        ? givenIn({ choices: cast.choices, points: (cast.record as Partial<RecordOf<"ballot">>).points })
        : givenIn(sent),
      error:
        status === "failed"
          ? {
              code: item.errorCode ?? "ledger_refused",
              params: (item.errorParams ?? {}) as Record<string, string | number>,
            }
          : null,
      transactionId: cast?.transactionId ?? null,
      block: cast ? Number(cast.block) : null,
    },
  };
}

function givenIn(ballot: Given | undefined): Given {
  if (!ballot) return { choices: [] };
  const { choices, points } = ballot;
  return points ? { choices, points } : { choices };
}

/** Rounds a person has voted in. Says that they voted, never what. */
export async function ownVotes(municipality: string, viewer: Viewer) {
  const keys = await db.voterKey.findMany({ where: { municipality, person: viewer.id, seq: { gt: 0 } } });
  const rounds = await db.round.findMany({
    where: { municipality, id: { in: keys.map(({ round }) => round) } },
    select: { id: true, slug: true, title: true, closesAt: true },
  });
  return rounds.sort((a, b) => b.closesAt.getTime() - a.closesAt.getTime());
}
