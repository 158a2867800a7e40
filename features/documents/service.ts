import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { type Database, db } from "@/lib/db";
import { NotFoundError, TooMuchError } from "@/lib/errors";
import { tidyUp } from "@/lib/tidying";
import { sweep } from "./disk";
import { takeIn } from "./examination";

export type Uploader = { municipality: string; person: string };
export type Uploaded = { id: string; hash: string; name: string; size: number };

/** An upload that no dossier, act or milestone has taken up yet. */
const WAITING = "upload";

/**
 * Keeps an uploaded file for its uploader until {@link attach} puts it to its use.
 * `announced` is the length the browser gave: fewer bytes mean that the file arrived cut.
 * Pictures are made anew, so that what is kept, and its hash, is not what was sent.
 * @throws TooMuchError over the size limit; InvalidInputError on `field` for any other file that is not kept;
 * UnavailableError where files cannot be examined now
 */
export async function storeUpload(
  uploader: Uploader,
  file: { name: string; stream: Readable; announced?: number },
  field = "file",
): Promise<Uploaded> {
  const { hash, size, name, mediaType } = await takeIn(file, field);
  const { municipality, person } = uploader;
  const id = randomUUID();
  await db.$transaction(async (tx) => {
    await tx.storedFile.createMany({ data: [{ municipality, hash, size, mediaType }], skipDuplicates: true });
    await tx.attachment.create({
      data: { id, municipality, hash, name, aboutType: WAITING, aboutId: person, uploadedBy: person },
    });
  });
  return { id, hash, name, size };
}

/**
 * The file of a form field, however it came: uploaded beforehand (`<field>Upload` has its id) or in the form itself.
 * Returns `undefined` when none was chosen.
 */
export async function receiveField(
  uploader: Uploader,
  form: FormData,
  field: string,
): Promise<Uploaded | undefined> {
  const before = form.get(`${field}Upload`);
  if (typeof before === "string" && before) return waitingUpload(uploader, before);
  const file = form.get(field);
  if (!(file instanceof File) || (file.size === 0 && !file.name)) return undefined;
  return storeFile(uploader, file, field);
}

/** Keeps a file that came within a form: where the form is refused it is forgotten again. */
export async function storeFile(uploader: Uploader, file: File, field: string): Promise<Uploaded> {
  const stream = Readable.fromWeb(file.stream() as NodeStream<Uint8Array>);
  const uploaded = await storeUpload(uploader, { name: file.name, stream, announced: file.size }, field);
  tidyUp(() => discardUpload(uploader, uploaded.id));
  return uploaded;
}

/** Uploads a person may have waiting: whoever only uploads does not fill the disk. */
const MOST_WAITING = 40;

/** @throws TooMuchError where a person has uploaded much and used nothing of it. */
export async function requireRoomForUpload({ municipality, person }: Uploader): Promise<void> {
  const waiting = await db.attachment.count({
    where: {
      municipality,
      uploadedBy: person,
      aboutType: WAITING,
      createdAt: { gt: new Date(Date.now() - 3600_000) },
    },
  });
  if (waiting >= MOST_WAITING) throw new TooMuchError("too_many_uploads");
}

/** Forgets an upload that came to no use; one that has its use stays. Its bytes go with {@link forgetUploads}. */
export async function discardUpload({ municipality, person }: Uploader, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const where = { id, municipality, uploadedBy: person, aboutType: WAITING };
    const upload = await tx.attachment.findFirst({ where });
    if (!upload) return;
    await tx.attachment.deleteMany({ where });
    await tx.storedFile.deleteMany({ where: { municipality, hash: upload.hash, attachments: { none: {} } } });
  });
}

/** How long an upload waits for the form it belongs to. */
const WAITING_MS = 24 * 3600_000;

/** Forgets what was uploaded a day ago and put to no use, and the bytes that nothing holds any more. */
export async function forgetUploads(now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - WAITING_MS);
  await db.attachment.deleteMany({ where: { aboutType: WAITING, createdAt: { lt: before } } });
  await db.storedFile.deleteMany({ where: { createdAt: { lt: before }, attachments: { none: {} } } });
  await sweep(before, async (hash) => (await db.storedFile.count({ where: { hash } })) > 0);
}

/** Puts an upload to its use. Only its uploader can, once, in the municipality it was uploaded in. */
export async function attach(
  tx: Database,
  uploader: Uploader,
  id: string,
  about: { type: string; id: string; public: boolean },
): Promise<void> {
  const { count } = await tx.attachment.updateMany({
    where: { id, municipality: uploader.municipality, uploadedBy: uploader.person, aboutType: WAITING },
    data: { aboutType: about.type, aboutId: about.id, public: about.public },
  });
  if (count !== 1) throw new NotFoundError("file_not_found");
}

/** Takes a file out of something that is still a draft. The bytes stay while anything else holds them. */
export async function detach(
  tx: Database,
  uploader: Uploader,
  id: string,
  about: { type: string; id: string },
): Promise<void> {
  await tx.attachment.deleteMany({
    where: {
      id,
      municipality: uploader.municipality,
      uploadedBy: uploader.person,
      aboutType: about.type,
      aboutId: about.id,
      public: false,
    },
  });
}

/** What belongs to something becomes readable by anyone, as that thing is published. */
export async function publishAttachments(
  tx: Database,
  municipality: string,
  about: { type: string; id: string },
): Promise<void> {
  await tx.attachment.updateMany({
    where: { municipality, aboutType: about.type, aboutId: about.id },
    data: { public: true },
  });
}

async function waitingUpload(uploader: Uploader, id: string): Promise<Uploaded> {
  const row = await db.attachment.findFirst({
    where: { id, municipality: uploader.municipality, uploadedBy: uploader.person, aboutType: WAITING },
    include: { file: true },
  });
  if (!row) throw new NotFoundError("file_not_found");
  return { id: row.id, hash: row.hash, name: row.name, size: row.file.size };
}
