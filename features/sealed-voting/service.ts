/** What an office does in a sealed round: announcing it, offering a trustee's key, releasing it. */
import { attachAct } from "@/features/documents/act-service";
import { keepText } from "@/features/documents/text-service";
import { copyRoll } from "@/features/rounds/roll-service";
import type { Prisma } from "@/generated/prisma/client";
import { once, record } from "@/ledger/client/outbox/record";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Act, Actor } from "@/protocol/primitives";
import { personOf, type RollPlace, rollRoot } from "@/voting/sealed/roll";
import { handOverRound } from "./hand-over";
import { keepProgram } from "./program-service";

/** The roll names no district: unless whoever announces knows areas, ballots of the whole municipality are opened together. */
export const WHOLE_MUNICIPALITY = "all";

export interface SealingTerms {
  readonly groupSize: number;
  readonly graceMinutes: number;
  readonly publishDays: number;
  readonly noticeHours: number;
  /** The area of a place on the roll, by its keyed hash; without it the whole municipality is one. */
  readonly areaOf?: (fiscalHash: string) => string;
}

/** Milliseconds a roll of a million may take to be copied and written. */
const LONG_ENOUGH = 600_000;

/**
 * Announces a sealed round: the roll is copied and salted, written where the issuers read it, and its root queued for
 * the ledger. Keys are gathered from then on.
 */
export async function announceSealed(
  actor: Actor,
  id: string,
  terms: SealingTerms,
  command: string,
): Promise<void> {
  const { municipality } = actor;
  const { areaOf = () => WHOLE_MUNICIPALITY, ...told } = terms;
  const bundle = await keepProgram();
  await once(
    command,
    async (tx) => {
      const [draft, sealing] = await Promise.all([
        tx.round.findUnique({ where: { municipality_id: { municipality, id } } }),
        tx.chainSealing.findUnique({ where: { municipality_id: { municipality, id } } }),
      ]);
      if (!draft) throw new NotFoundError("round_not_found");
      if (sealing) throw new ConflictError("already_announced");
      await copyRoll(tx, municipality, id);
      const places = await placesOf(tx, municipality, id, areaOf);
      const areas = Map.groupBy(places, ({ area }) => area);
      await handOverRound(municipality, id, places);
      await record(
        tx,
        actor,
        "sealed:announce",
        {
          ...{ municipality, id, call: draft.call, leastPlaces: 1, bundle, ...told },
          areas: [...areas].map(([area, own]) => ({
            ...{ id: area, size: own.length, root: rollRoot(own.map((place) => personOf(id, place))) },
          })),
        },
        { type: "round", id },
        command,
      );
    },
    { timeout: LONG_ENOUGH },
  );
}

/** A later closing, which the guarantors decide once, with the act and the reason that are public. */
export function prolongSealed(
  actor: Actor,
  round: string,
  closesAt: Date,
  decision: { act: Act; reason: string; upload: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  const { act, reason, upload } = decision;
  return once(command, async (tx) => {
    await requireSealing(tx, municipality, round);
    await attachAct(tx, actor, upload, { type: "round", id: round });
    const reasonDigest = await keepText(tx, { municipality, author: person, text: reason, public: true });
    const input = { municipality, round, closesAt: closesAt.toISOString(), act, reasonDigest };
    await record(tx, actor, "sealed:prolong", input, { type: "round", id: round }, command);
  });
}

/** The public key of a trustee, made off the network: only it comes here. */
export function offerTrusteeKey(actor: Actor, round: string, key: string, command: string): Promise<void> {
  return decide(actor, "sealed:offerTrusteeKey", { round, key }, command);
}

/** A trustee's secret key, which everybody then has: the ledger refuses it before everything is published. */
export function releaseTrusteeKey(
  actor: Actor,
  round: string,
  secret: string,
  command: string,
): Promise<void> {
  return decide(actor, "sealed:release", { round, secret }, command);
}

function decide(
  actor: Actor,
  ...[transaction, { round, ...rest }, command]:
    | ["sealed:offerTrusteeKey", { round: string; key: string }, string]
    | ["sealed:release", { round: string; secret: string }, string]
): Promise<void> {
  const { municipality } = actor;
  return once(command, async (tx) => {
    await requireSealing(tx, municipality, round);
    await record(
      tx,
      actor,
      transaction,
      { municipality, round, ...rest } as never,
      { type: "round", id: round },
      command,
    );
  });
}

async function requireSealing(tx: Prisma.TransactionClient, municipality: string, id: string): Promise<void> {
  const where = { municipality_id: { municipality, id } };
  if (!(await tx.chainSealing.findUnique({ where, select: { id: true } })))
    throw new NotFoundError("round_not_found");
}

async function placesOf(
  tx: Prisma.TransactionClient,
  municipality: string,
  round: string,
  areaOf: (fiscalHash: string) => string,
): Promise<RollPlace[]> {
  const entries = await tx.rollEntry.findMany({
    where: { municipality, round },
    orderBy: { position: "asc" },
    select: { fiscalNumberHash: true, salt: true },
  });
  return entries.map(({ fiscalNumberHash, salt }) => ({
    ...{ area: areaOf(fiscalNumberHash), fiscalHash: fiscalNumberHash, salt },
  }));
}
