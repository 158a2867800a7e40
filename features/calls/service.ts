/** A call from its first draft to its publication. */
import { randomUUID } from "node:crypto";
import { attach, publishAttachments } from "@/features/documents/service";
import { newSalt, saltedDigest } from "@/features/documents/text-service";
import { slugOf } from "@/features/proposals/rules";
import type { Call } from "@/generated/prisma/client";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { CallValues } from "./schema";

/** `id` is the intention's, where the form has one: sent again it changes the call that the first sending made. */
export async function createCall(
  actor: Actor,
  values: CallValues,
  id: string = randomUUID(),
): Promise<string> {
  const { municipality, person } = actor;
  if (await db.call.findFirst({ where: { municipality, id, createdBy: person } })) {
    await changeCall(actor, id, values);
    return id;
  }
  await requireLines(db, municipality, values.lines);
  const slug = await freeSlug(municipality, slugOf(values.title), id);
  await db.call.create({ data: { ...values, municipality, id, slug, salt: newSalt(), createdBy: person } });
  return id;
}

export async function changeCall(actor: Actor, id: string, values: CallValues): Promise<void> {
  await db.$transaction(async (tx) => {
    await draftCall(tx, actor.municipality, id);
    await requireLines(tx, actor.municipality, values.lines);
    await tx.call.update({
      where: { municipality_id: { municipality: actor.municipality, id } },
      data: values,
    });
  });
}

/** Queues the call for the ledger: from then on its rules cannot change, only its closing can be put off. */
export async function publishCall(
  actor: Actor,
  id: string,
  act: { act: RecordOf<"call">["act"]; upload: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const call = await draftCall(tx, municipality, id);
    await attach(tx, { municipality, person }, act.upload, { type: "call", id, public: false });
    await publishAttachments(tx, municipality, { type: "call", id });
    const criteria = call.criteria as { id: string; weight: number }[];
    await enqueue(tx, {
      id: command,
      transaction: "calls:publish",
      input: {
        municipality,
        id,
        scopes: call.scopes as RecordOf<"call">["scopes"],
        digest: saltedDigest(call.salt, wordsOf(call)),
        opensOn: call.opensOn,
        closesOn: call.closesOn,
        rolling: call.rolling,
        criteria: criteria.map(({ id: criterion, weight }) => ({ id: criterion, weight })),
        threshold: call.threshold,
        requiredScores: call.requiredScores,
        maxCostCents: Number(call.maxCostCents),
        lines: call.lines,
        act: act.act,
      },
      signer: actor,
      subject: { type: "call", id },
      orderKey: `call/${id}`,
    });
  });
}

export async function extendCall(
  actor: Actor,
  id: string,
  extension: { closesOn: string; act: RecordOf<"call">["act"]; upload: string },
  command: string,
): Promise<void> {
  const { municipality, person } = actor;
  await once(command, async (tx) => {
    const found = await tx.chainCall.findUnique({ where: { municipality_id: { municipality, id } } });
    if (!found) throw new NotFoundError("call_not_found");
    await attach(tx, { municipality, person }, extension.upload, { type: "call", id, public: true });
    await enqueue(tx, {
      id: command,
      transaction: "calls:extend",
      input: { municipality, id, closesOn: extension.closesOn, act: extension.act },
      signer: actor,
      subject: { type: "call", id },
      orderKey: `call/${id}`,
    });
  });
}

/** The words of a call, as its digest on the ledger covers them. */
export function wordsOf(call: Call): Record<string, unknown> {
  const { title, summary, objectives, whoMay, documentsAsked, criteria } = call;
  return { title, summary, objectives, whoMay, documentsAsked, criteria };
}

async function draftCall(tx: Database, municipality: string, id: string): Promise<Call> {
  const call = await tx.call.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!call) throw new NotFoundError("call_not_found");
  const onItsWay = await tx.outboxItem.findFirst({
    where: {
      municipality,
      subjectType: "call",
      subjectId: id,
      status: { in: ["to_sign", "queued", "sending", "committed"] },
    },
  });
  if (onItsWay) throw new ConflictError("call_already_published");
  return call;
}

/** @throws NotFoundError for a budget line that this municipality does not have */
async function requireLines(tx: Database, municipality: string, lines: readonly string[]): Promise<void> {
  const known = await tx.chainBudgetLine.count({ where: { municipality, id: { in: [...lines] } } });
  if (known !== new Set(lines).size) throw new NotFoundError("line_not_found");
}

async function freeSlug(municipality: string, slug: string, id: string): Promise<string> {
  const taken = await db.call.findFirst({ where: { municipality, slug } });
  return taken ? `${slug}-${id.slice(0, 4)}` : slug;
}
