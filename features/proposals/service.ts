/** Use cases of a proponent: from an empty draft to a submitted dossier, and what comes after. */
import { randomUUID } from "node:crypto";
import { attach, detach } from "@/features/documents/service";
import { newSalt, saltedDigest } from "@/features/documents/text-service";
import type { Proposal } from "@/generated/prisma/client";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, NotAllowedError, NotFoundError } from "@/lib/errors";
import type { Actor } from "@/protocol/primitives";
import { followOwn } from "./co-author-service";
import type { Answers, Step } from "./dossier";
import { requireTaken } from "./handover-queries";
import { isEditable, submissionOf } from "./progress-queries";
import { missingFields, slugOf } from "./rules";
import { isSaved, requirePosition } from "./saved-step-service";
import type { StepValues } from "./schema";
import { writersOf, writtenBy } from "./writers-queries";

export type Proponent = Pick<Actor, "municipality" | "person">;

/**
 * Opens a draft for a call, about a published commons if one is named. A person may have several; the page offers
 * to go on with one first.
 */
export async function startDraft(
  who: Proponent,
  call: string,
  commons?: string,
  id: string = randomUUID(),
): Promise<string> {
  const { municipality, person } = who;
  // The same intention sent again finds the draft that it made.
  if (await db.proposal.findFirst({ where: { municipality, id, author: person } })) return id;
  const found = await db.chainCall.findUnique({ where: { municipality_id: { municipality, id: call } } });
  if (!found) throw new NotFoundError("call_not_found");
  if (commons) await publishedCommons(db, municipality, commons);
  await db.proposal.create({
    data: { municipality, id, call, slug: id, author: person, commons: commons ?? null },
  });
  return id;
}

/**
 * Keeps one screen of the dossier. `revision` is the one the person's page was drawn from: when another window has
 * saved since, nothing is overwritten.
 * @returns the new revision.
 */
export async function saveStep(
  who: Proponent,
  id: string,
  save: { step: Step; revision: number; values: StepValues },
): Promise<number> {
  await requirePosition(who, save.values);
  return db.$transaction(async (tx) => {
    const draft = await editableDraft(tx, who, id);
    const { values } = save;
    // Who proposes, whoever signs for them says.
    if (values.subject && draft.author !== who.person) throw new NotAllowedError("co_author_may_not");
    // The same screen sent again because its answer was lost: it is saved already.
    if (draft.revision === save.revision + 1 && (await isSaved(tx, who, draft, save))) return draft.revision;
    if (draft.revision !== save.revision) throw new ConflictError("draft_changed_elsewhere");
    const dossier = { ...(draft.dossier as Answers), ...values.answers };
    const commons = values.place ? await keepPlace(tx, who, draft, values.place) : draft.commons;
    const subject = values.subject ? await keepSubject(tx, who, draft, values.subject) : draft.subject;
    const { count } = await tx.proposal.updateMany({
      where: { municipality: who.municipality, id, author: draft.author, revision: save.revision },
      data: {
        dossier,
        commons,
        subject,
        title: dossier.title ?? draft.title,
        summary: dossier.summary ?? draft.summary,
        costCents: values.costCents === undefined ? draft.costCents : values.costCents,
        step: save.step,
        revision: { increment: 1 },
      },
    });
    if (count !== 1) throw new ConflictError("draft_changed_elsewhere");
    return save.revision + 1;
  });
}

const MOST_ATTACHMENTS = 20;

/** Asked before a file is received: @throws ConflictError where the draft takes no more. */
export async function requireRoomForAttachment(who: Proponent, id: string, tx: Database = db): Promise<void> {
  await editableDraft(tx, who, id);
  const count = await tx.attachment.count({
    where: { municipality: who.municipality, aboutType: "proposal", aboutId: id },
  });
  if (count >= MOST_ATTACHMENTS) throw new ConflictError("too_many_attachments", { limit: MOST_ATTACHMENTS });
}

export async function addAttachment(who: Proponent, id: string, upload: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await requireRoomForAttachment(who, id, tx);
    await attach(tx, who, upload, { type: "proposal", id, public: false });
  });
}

export async function removeAttachment(who: Proponent, id: string, attachment: string): Promise<void> {
  const { municipality } = who;
  await db.$transaction(async (tx) => {
    await editableDraft(tx, who, id);
    // Of what is written together each takes out what any of them has put in.
    for (const person of await writersOf(tx, municipality, id))
      await detach(tx, { municipality, person }, attachment, { type: "proposal", id });
  });
}

/** Puts a draft aside. It can be taken back for as long as it is kept. */
export async function discardDraft(who: Proponent, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    requireOwn(who, await editableDraft(tx, who, id));
    await tx.proposal.update({
      where: { municipality_id: { municipality: who.municipality, id } },
      data: { discardedAt: new Date() },
    });
  });
}

export async function restoreDraft(who: Proponent, id: string): Promise<void> {
  const { count } = await db.proposal.updateMany({
    where: { municipality: who.municipality, id, author: who.person },
    data: { discardedAt: null },
  });
  if (count !== 1) throw new NotFoundError("draft_not_found");
}

/**
 * Submits the dossier: freezes a version and queues its digest for the ledger, after the subject's own
 * registration where that is new. A dossier sent back for completion is submitted the same way.
 */
export async function submitProposal(who: Proponent, id: string, command: string): Promise<void> {
  await once(command, async (tx) => {
    const { municipality, person } = who;
    // Before its author is read: whoever hands it over meanwhile is its author no longer.
    await requireTaken(tx, municipality, id);
    const draft = await editableDraft(tx, who, id);
    requireOwn(who, draft);
    const commons = draft.commons ? await commonsOf(tx, municipality, draft.commons) : null;
    const missing = missingFields({
      answers: draft.dossier as Answers,
      place: commons && { ...commons, commons: commons.publishedAt ? commons.id : null },
      subject: draft.subject,
      costCents: draft.costCents,
    });
    if (missing[0] || !commons || !draft.subject || draft.costCents === null)
      throw new ConflictError("dossier_incomplete", { step: missing[0]?.step ?? "where" });

    const signer = { person, organisation: "Case", role: "resident" } as const;
    const orderKey = `person/${person}`;
    await registerSubject(tx, who, draft.subject, orderKey);
    const version = await freezeVersion(tx, municipality, draft, commons);
    const costCents = Number(draft.costCents);
    const subject = { type: "proposal", id };
    const onChain = await tx.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } });
    // Once: whoever wants to hear no more of it is not made to by a later version.
    if (!onChain) await followOwn(tx, municipality, id, await writersOf(tx, municipality, id));
    const { digest, attachments } = version;
    if (onChain) {
      const input = { municipality, id, digest, attachments, costCents };
      await enqueue(tx, {
        id: command,
        transaction: "proposals:integrate",
        input,
        signer,
        subject,
        orderKey,
      });
      return;
    }
    const isNew = !(await tx.chainCommons.findUnique({
      where: { municipality_id: { municipality, id: commons.id } },
    }));
    const newCommons = isNew
      ? { kind: commons.kind as "building", digest: saltedDigest(commons.salt, describe(commons)) }
      : undefined;
    await enqueue(tx, {
      id: command,
      transaction: "proposals:submit",
      input: {
        municipality,
        id,
        call: draft.call,
        commons: commons.id,
        newCommons,
        subject: draft.subject,
        digest,
        attachments,
        costCents,
      },
      signer,
      subject,
      orderKey,
    });
    const slug = `${slugOf(draft.title)}-${id.slice(0, 4)}`;
    await tx.proposal.update({
      where: { municipality_id: { municipality, id } },
      data: { slug, submittedAt: new Date() },
    });
  });
}

/** The description of a commons whose digest is on the ledger. */
export function describe(commons: {
  name: string;
  kind: string;
  address: string | null;
  lat: number | null;
  lon: number | null;
  district: number | null;
}): Record<string, string | null> {
  return {
    name: commons.name,
    kind: commons.kind,
    address: commons.address,
    position: commons.lat === null || commons.lon === null ? null : `${commons.lat},${commons.lon}`,
    district: commons.district === null ? null : String(commons.district),
  };
}

async function editableDraft(tx: Database, who: Proponent, id: string): Promise<Proposal> {
  const { municipality, person } = who;
  const draft = await tx.proposal.findFirst({ where: { municipality, id, ...writtenBy(person) } });
  if (!draft) throw new NotFoundError("draft_not_found");
  const onChain = await tx.chainProposal.findUnique({ where: { municipality_id: { municipality, id } } });
  const submission = await submissionOf(tx, municipality, id);
  if (!isEditable(onChain?.state, submission)) throw new ConflictError("already_submitted");
  return draft;
}

/** What a co-author may not. @throws NotAllowedError */
function requireOwn({ person }: Proponent, { author }: Proposal): void {
  if (author !== person) throw new NotAllowedError("co_author_may_not");
}

async function keepPlace(
  tx: Database,
  who: Proponent,
  draft: Proposal,
  place: NonNullable<StepValues["place"]>,
): Promise<string> {
  const { municipality } = who;
  if (place.existing) {
    return (await publishedCommons(tx, municipality, place.existing)).id;
  }
  const { name, kind, description, address, lat, lon, district } = place;
  const positionOf = lat === null ? "district" : "point";
  const data = { name, kind, description, address, lat, lon, district, positionOf };
  const own = draft.commons
    ? await tx.commons.findFirst({
        where: { municipality, id: draft.commons, createdBy: draft.author, publishedAt: null },
      })
    : null;
  if (own) {
    await tx.commons.update({ where: { municipality_id: { municipality, id: own.id } }, data });
    return own.id;
  }
  const id = randomUUID();
  const slug = `${slugOf(name)}-${id.slice(0, 4)}`;
  await tx.commons.create({
    data: { ...data, municipality, id, slug, salt: newSalt(), createdBy: draft.author },
  });
  return id;
}

async function keepSubject(
  tx: Database,
  who: Proponent,
  draft: Proposal,
  subject: NonNullable<StepValues["subject"]>,
): Promise<string> {
  const { municipality, person } = who;
  if (subject.existing) {
    const found = await tx.subject.findFirst({
      where: { municipality, id: subject.existing, representative: person },
    });
    if (!found) throw new NotFoundError("subject_not_found");
    return found.id;
  }
  const { kind, name, fiscalCode, email } = subject;
  if (draft.subject && (await isOnlyOf(tx, draft, draft.subject))) {
    await tx.subject.updateMany({
      where: { municipality, id: draft.subject, representative: person },
      data: { kind, name, fiscalCode, email },
    });
    return draft.subject;
  }
  const id = randomUUID();
  await tx.subject.create({
    data: { municipality, id, kind, name, fiscalCode, email, representative: person, salt: newSalt() },
  });
  return id;
}

/** Whether a subject is nowhere but in this draft, so that it can still be written anew. */
async function isOnlyOf(tx: Database, { municipality, id }: Proposal, subject: string): Promise<boolean> {
  const [onChain, elsewhere] = await Promise.all([
    tx.chainSubject.findUnique({ where: { municipality_id: { municipality, id: subject } } }),
    tx.proposal.count({ where: { municipality, subject, id: { not: id } } }),
  ]);
  return !onChain && elsewhere === 0;
}

async function commonsOf(tx: Database, municipality: string, id: string) {
  const found = await tx.commons.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!found) throw new NotFoundError("commons_not_found");
  return found;
}

/** A commons that anyone may propose for: one that everyone can see. */
async function publishedCommons(tx: Database, municipality: string, id: string) {
  const found = await commonsOf(tx, municipality, id);
  if (!found.publishedAt) throw new NotFoundError("commons_not_found");
  return found;
}

async function registerSubject(tx: Database, who: Proponent, id: string, orderKey: string): Promise<void> {
  const { municipality, person } = who;
  const known = await tx.chainSubject.findUnique({ where: { municipality_id: { municipality, id } } });
  const onItsWay = await tx.outboxItem.findFirst({
    where: {
      municipality,
      subjectType: "subject",
      subjectId: id,
      status: { in: ["to_sign", "queued", "sending", "committed"] },
    },
  });
  if (known || onItsWay) return;
  const subject = await tx.subject.findFirstOrThrow({ where: { municipality, id, representative: person } });
  const digest = saltedDigest(subject.salt, {
    kind: subject.kind,
    name: subject.name,
    fiscalCode: subject.fiscalCode,
  });
  await enqueue(tx, {
    transaction: "subjects:register",
    input: { municipality, id, kind: subject.kind as "person", digest },
    signer: { person, organisation: "Case", role: "resident" },
    subject: { type: "subject", id },
    orderKey,
  });
}

async function freezeVersion(
  tx: Database,
  municipality: string,
  draft: Proposal,
  commons: Parameters<typeof describe>[0] & { id: string },
): Promise<{ digest: string; attachments: string[] }> {
  const files = await tx.attachment.findMany({
    where: { municipality, aboutType: "proposal", aboutId: draft.id },
    orderBy: { createdAt: "asc" },
  });
  const attachments = [...new Set(files.map((file) => file.hash))];
  const version = 1 + (await tx.proposalVersion.count({ where: { municipality, proposal: draft.id } }));
  const content = {
    call: draft.call,
    answers: draft.dossier as Record<string, string>,
    commons: { id: commons.id, ...describe(commons) },
    subject: draft.subject,
    costCents: String(draft.costCents),
    attachments,
  };
  const salt = newSalt();
  const digest = saltedDigest(salt, content);
  const coAuthors = (await writersOf(tx, municipality, draft.id)).slice(1);
  await tx.proposalVersion.create({
    data: { municipality, proposal: draft.id, version, content, salt, digest, coAuthors },
  });
  return { digest, attachments };
}
