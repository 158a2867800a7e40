/** A round from its draft to its closing; `freeze-service.ts` freezes it, `outcome-service.ts` decides by it. */
import { randomBytes, randomUUID } from "node:crypto";
import { attachAct } from "@/features/documents/act-service";
import { keepText } from "@/features/documents/text-service";
import { slugOf } from "@/features/proposals/rules";
import type { Prisma } from "@/generated/prisma/client";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { wallClock } from "@/lib/local-time";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { type BallotRules, placedAtOnce } from "@/protocol/records/rounds";
import type { RuleSpec } from "@/voting/allocation/rule-spec";
import { type ActValue, aboutRound, draftRound, roundFor, serviceOf, step } from "./step-service";

export type RoundValues = {
  title: string;
  summary: string;
  ballotType: BallotRules["type"];
  least: number;
  most: number;
  mostCents: bigint | null;
  pointsEach: number | null;
  pointsTotal: number | null;
  mostOfDistrict: number | null;
  mostOfKind: number | null;
  rule: RuleSpec;
  budgetCents: bigint;
  proposals: string[];
  opensOn: string;
  closesAt: Date;
  requiredAttestations: number;
  objectionDays: number;
};

/** Of a ballot on which any projects may be approved, or one chosen. */
export const noMoreLimits = {
  ...{ mostCents: null, pointsEach: null, pointsTotal: null, mostOfDistrict: null, mostOfKind: null },
} as const;

/** `id` is the intention's, where the form has one: sent again it changes the round that the first sending made. */
export async function createRound(
  actor: Actor,
  call: string,
  values: RoundValues,
  id: string = randomUUID(),
): Promise<string> {
  const { municipality, person } = actor;
  if (await db.round.findFirst({ where: { municipality, id, createdBy: person } })) {
    await changeRound(actor, id, values);
    return id;
  }
  const slug = `${slugOf(values.title)}-${id.slice(0, 4)}`;
  const rule = values.rule as unknown as Prisma.InputJsonObject;
  await requireProposals(db, municipality, call, values.proposals);
  await db.round.create({ data: { ...values, rule, municipality, id, slug, call, createdBy: person } });
  return id;
}

export async function changeRound(actor: Actor, id: string, values: RoundValues): Promise<void> {
  const { municipality } = actor;
  const rule = values.rule as unknown as Prisma.InputJsonObject;
  await db.$transaction(async (tx) => {
    const { call, closesAt: before } = await draftRound(tx, municipality, id);
    await requireProposals(tx, municipality, call, values.proposals);
    // An hour that comes twice reads the same: the one that was chosen stays.
    const closesAt = wallClock(before) === wallClock(values.closesAt) ? before : values.closesAt;
    const data = { ...values, closesAt, rule };
    await tx.round.update({ where: { municipality_id: { municipality, id } }, data });
  });
}

/** Opens a round: the guarantors' service brings its number to the draw, then the one it was frozen with is revealed. */
export async function openRound(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const round = await roundFor(tx, municipality, id, "rounds:open");
    const words = await tx.round.findUnique({ where: { municipality_id: { municipality, id } } });
    const { draw, ballotKind } = round.record as unknown as RecordOf<"round">;
    const isSealed = ballotKind === "sealed";
    if (!isSealed && !words?.drawNumber) throw new ConflictError("draw_missing");
    if (!isSealed && draw?.contribution === undefined)
      await enqueue(tx, {
        transaction: "rounds:draw",
        input: { municipality, id, contribution: randomBytes(32).toString("hex") },
        ...aboutRound(serviceOf(municipality), id),
      });
    await enqueue(tx, {
      id: command,
      transaction: "rounds:open",
      input: { municipality, id, ...(!isSealed && words?.drawNumber && { reveal: words.drawNumber }) },
      ...aboutRound(actor, id),
    });
  });
}

/** Ends a round without a result; its proposals are admitted again and wait for another. */
export async function annulRound(
  actor: Actor,
  id: string,
  decision: { act: ActValue; reason: string; upload?: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const round = await roundFor(tx, municipality, id, "rounds:annul");
    await attachAct(tx, actor, decision.upload, { type: "round", id });
    const { reason: text, act } = decision;
    const reasonDigest = await keepText(tx, { municipality, author: person, text, public: true });
    await enqueue(tx, {
      id: command,
      transaction: "rounds:annul",
      input: { municipality, id, act, reasonDigest },
      ...aboutRound(actor, id),
    });
    const { projects } = round.record as unknown as RecordOf<"round">;
    for (let released = placedAtOnce; released < projects.length; released += placedAtOnce)
      await enqueue(tx, {
        transaction: "rounds:release",
        input: { municipality, id },
        ...aboutRound(serviceOf(municipality), id),
        follows: command,
      });
  });
}

/** Ballots already on their way come first: the order key of the round waits for all those below it. */
export async function closeRound(actor: Actor, id: string, command: string): Promise<void> {
  await step(actor, "rounds:close", id, { municipality: actor.municipality, id }, command);
}

/** @throws NotFoundError for a proposal that is not one of this municipality's call */
async function requireProposals(
  tx: Database,
  municipality: string,
  call: string,
  proposals: readonly string[],
): Promise<void> {
  const known = await tx.chainProposal.count({ where: { municipality, call, id: { in: [...proposals] } } });
  if (known !== proposals.length) throw new NotFoundError("proposal_not_found");
}
