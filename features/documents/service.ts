import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { type Database, db } from "@/lib/db";
import { InvalidInputError, NotFoundError, TooMuchError, UnavailableError } from "@/lib/errors";
import { tidyUp } from "@/lib/tidying";
import { drop, isKept, keep, placeOf, type ReceivedFile, receive, remove, sweep } from "./disk";
import { takeIn } from "./examination";
import { safeFileName } from "./file-name";
import { scanFile } from "./scanner-service";

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
  const place = await takePlace(uploader);
  try {
    return await storeInPlace(uploader, file, field);
  } finally {
    await db.uploadPlace.deleteMany({ where: { id: place } });
  }
}

async function storeInPlace(
  uploader: Uploader,
  file: { name: string; stream: Readable; announced?: number },
  field: string,
): Promise<Uploaded> {
  const { hash, size, name, mediaType } = await takeIn(file, field);
  const { municipality, person } = uploader;
  const id = randomUUID();
  await holding(hash, async (tx) => {
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

const HOUR_MS = 3600_000;

/** @throws TooMuchError where a person has uploaded much and used nothing of it. */
export async function requireRoomForUpload(uploader: Uploader, tx: Database = db): Promise<void> {
  const { municipality, person } = uploader;
  const createdAt = { gt: new Date(Date.now() - HOUR_MS) };
  const [waiting, receiving] = await Promise.all([
    tx.attachment.count({ where: { municipality, uploadedBy: person, aboutType: WAITING, createdAt } }),
    tx.uploadPlace.count({ where: { municipality, person, createdAt } }),
  ]);
  if (waiting + receiving >= MOST_WAITING) throw new TooMuchError("too_many_uploads");
}

/** Takes one of a person's places before a byte is kept: of many uploads at once, no more than there are places go on. */
async function takePlace(uploader: Uploader): Promise<string> {
  const { municipality, person } = uploader;
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`upload ${person}`}, 0))) AS held`;
    await requireRoomForUpload(uploader, tx);
    return (await tx.uploadPlace.create({ data: { municipality, person } })).id;
  });
}

/**
 * Writes the rows of a file whose bytes are in their place, while nobody takes the bytes away. Where the rows come to
 * nothing the bytes go too, unless another row holds them.
 */
async function holding(hash: string, write: (tx: Database) => Promise<void>): Promise<void> {
  try {
    await db.$transaction(async (tx) => {
      await lockFile(tx, hash);
      if (!(await isKept(hash))) throw new UnavailableError();
      await write(tx);
    });
  } catch (error) {
    await removeUnheld(hash);
    throw error;
  }
}

async function removeUnheld(hash: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockFile(tx, hash);
    if ((await tx.storedFile.count({ where: { hash } })) === 0) await remove(hash);
  });
}

async function lockFile(tx: Database, hash: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`file ${hash}`}, 0))) AS held`;
}

/** Forgets an upload that came to no use, and its bytes; one that has its use stays. */
export async function discardUpload({ municipality, person }: Uploader, id: string): Promise<void> {
  const hash = await db.$transaction(async (tx) => {
    const where = { id, municipality, uploadedBy: person, aboutType: WAITING };
    const upload = await tx.attachment.findFirst({ where });
    if (!upload) return undefined;
    await lockFile(tx, upload.hash);
    await tx.attachment.deleteMany({ where });
    await tx.storedFile.deleteMany({ where: { municipality, hash: upload.hash, attachments: { none: {} } } });
    return upload.hash;
  });
  if (hash !== undefined) await removeUnheld(hash);
}

/** How long an upload waits for the form it belongs to. */
const WAITING_MS = 24 * 3600_000;

/** Forgets what was uploaded a day ago and put to no use, and the bytes that nothing holds any more. */
export async function forgetUploads(now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - WAITING_MS);
  await db.attachment.deleteMany({ where: { aboutType: WAITING, createdAt: { lt: before } } });
  await db.storedFile.deleteMany({ where: { createdAt: { lt: before }, attachments: { none: {} } } });
  const broken = new Date(now.getTime() - HOUR_MS);
  await db.uploadPlace.deleteMany({ where: { createdAt: { lt: broken } } });
  await sweep({ before, broken }, async (hash) => (await db.storedFile.count({ where: { hash } })) > 0);
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

/** The same file beside something else as well, under the same terms. */
export async function attachCopy(
  tx: Database,
  uploader: Uploader,
  id: string,
  about: { type: string; id: string },
): Promise<void> {
  const { municipality, person } = uploader;
  const row = await tx.attachment.findFirst({ where: { id, municipality, uploadedBy: person } });
  if (!row) throw new NotFoundError("file_not_found");
  const { hash, name, public: isPublic, uploadedBy } = row;
  await tx.attachment.create({
    data: {
      ...{ id: randomUUID(), municipality, hash, name, public: isPublic, uploadedBy },
      ...{ aboutType: about.type, aboutId: about.id },
    },
  });
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

/** Where a kept file lies, for what reads files by their path. */
export function pathOf(hash: string): string {
  return placeOf(hash);
}

export type MadeFile = { name: string; mediaType: string; bytes: Buffer };

/**
 * Keeps files that were made here, public unless it is said otherwise, with whatever rows `write` adds in the same transaction: all of it or nothing.
 * @returns the digest of each, in their order
 */
export async function keepMade(
  { municipality, person }: Uploader,
  files: readonly MadeFile[],
  about: { type: string; id: string; public?: boolean },
  write: (tx: Database, hashes: readonly string[]) => Promise<void>,
): Promise<void> {
  const kept: { hash: string; size: number }[] = [];
  try {
    for (const { bytes } of files) kept.push(await keepBytes(bytes));
    const hashes = kept.map(({ hash }) => hash);
    await db.$transaction(async (tx) => {
      // In one order, so that no two transactions wait for each other.
      for (const hash of [...new Set(hashes)].sort()) await lockFile(tx, hash);
      for (const hash of hashes) if (!(await isKept(hash))) throw new UnavailableError();
      await tx.storedFile.createMany({
        data: kept.map((file, index) => ({
          ...{ municipality, ...file, mediaType: files[index]?.mediaType ?? "" },
        })),
        skipDuplicates: true,
      });
      await tx.attachment.createMany({
        data: hashes.map((hash, index) => ({
          ...{
            id: randomUUID(),
            municipality,
            hash,
            name: files[index]?.name ?? "",
            public: about.public ?? true,
          },
          ...{ aboutType: about.type, aboutId: about.id, uploadedBy: person },
        })),
      });
      await write(tx, hashes);
    });
  } catch (error) {
    for (const { hash } of kept) await removeUnheld(hash);
    throw error;
  }
}

async function keepBytes(bytes: Buffer): Promise<{ hash: string; size: number }> {
  const received = await receive(Readable.from([bytes]), bytes.length);
  try {
    if (!received.whole) throw new UnavailableError();
    await keep(received);
    return { hash: received.hash, size: received.size };
  } finally {
    await drop(received);
  }
}

/**
 * Takes files away for good, with whatever rows `write` changes in the same transaction: their bytes go at once, unless
 * something else holds them.
 */
export async function removeFiles(
  municipality: string,
  about: { types: readonly string[]; id: string },
  write: (tx: Database) => Promise<void>,
): Promise<void> {
  const hashes = await db.$transaction(async (tx) => {
    const where = { municipality, aboutType: { in: [...about.types] }, aboutId: about.id };
    const rows = await tx.attachment.findMany({ where, select: { hash: true }, distinct: ["hash"] });
    const held = rows.map(({ hash }) => hash).sort();
    for (const hash of held) await lockFile(tx, hash);
    await tx.attachment.deleteMany({ where });
    await tx.storedFile.deleteMany({
      where: { municipality, hash: { in: held }, attachments: { none: {} } },
    });
    await write(tx);
    return held;
  });
  for (const hash of hashes) await removeUnheld(hash);
}

async function waitingUpload(uploader: Uploader, id: string): Promise<Uploaded> {
  const row = await db.attachment.findFirst({
    where: { id, municipality: uploader.municipality, uploadedBy: uploader.person, aboutType: WAITING },
    include: { file: true },
  });
  if (!row) throw new NotFoundError("file_not_found");
  return { id: row.id, hash: row.hash, name: row.name, size: row.file.size };
}

/**
 * Keeps a file that was received and examined elsewhere, with whatever rows `write` adds in the same transaction.
 */
export async function keepReceived(
  { municipality, person }: Uploader,
  received: ReceivedFile,
  { name, mediaType }: { name: string; mediaType: string },
  about: { type: string; id: string },
  write: (tx: Database) => Promise<void>,
): Promise<void> {
  const { hash, size } = received;
  await keep(received);
  await holding(hash, async (tx) => {
    await tx.storedFile.createMany({ data: [{ municipality, hash, size, mediaType }], skipDuplicates: true });
    await tx.attachment.create({
      data: {
        ...{ id: randomUUID(), municipality, hash, name, public: false, uploadedBy: person },
        ...{ aboutType: about.type, aboutId: about.id },
      },
    });
    await write(tx);
  });
}

/**
 * Receives a file of a kind of its own and scans it, for `use` to look at and to keep; what it did not keep is dropped.
 * @throws TooMuchError over `most` bytes; InvalidInputError on `field` for a file that is empty, cut or infected
 */
export async function withReceived<Result>(
  file: { name: string; stream: Readable },
  most: number,
  field: string,
  use: (received: ReceivedFile & { name: string }) => Promise<Result>,
): Promise<Result> {
  const received = await receive(file.stream, most);
  try {
    if (received.size > most) throw new TooMuchError("file_too_large", { limit: most / 1_000_000 });
    const problem = received.size === 0 ? "file_empty" : received.whole ? undefined : "file_cut";
    if (problem) throw new InvalidInputError({ [field]: problem }, problem);
    await scanFile(received.path, field);
    return await use({ ...received, name: safeFileName(file.name) });
  } finally {
    await drop(received);
  }
}
