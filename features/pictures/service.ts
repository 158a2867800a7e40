import { mediaTypes, type Variant } from "@/components/pictures/picture";
import {
  attach,
  keepMade,
  pathOf,
  removeFiles,
  type Uploaded,
  type Uploader,
} from "@/features/documents/service";
import { type Database, db } from "@/lib/db";
import { ConflictError, InvalidInputError, NotAllowedError, NotFoundError } from "@/lib/errors";
import { can, type Viewer } from "@/lib/permissions";
import { answersFor, mayAdd } from "./rights-queries";
import {
  DRAFT_VARIANT,
  type Focus,
  MOST_IN_DRAFT,
  MOST_PICTURES,
  type Moment,
  type PictureSubject,
  REPLACED,
  SOURCE,
  VARIANT,
} from "./rules";
import { type MadeVariant, makeVariants } from "./variants";

export type PictureWords = {
  alternativeText: string;
  author: string;
  takenOn: string;
  license: string;
  people: string;
  consent: string;
  focus: Focus;
};

type By = { municipality: string; viewer: Viewer };

/**
 * Adds a picture from an upload. Its files are made before anybody sees it; posted twice it is there once.
 * @throws NotAllowedError where this person may not add one there; InvalidInputError on `field` for what is no picture
 */
export async function addPicture(
  { municipality, viewer }: By,
  about: PictureSubject & { moment: Moment | null },
  words: PictureWords,
  upload: Uploaded,
  { command, field }: { command: string; field: string },
): Promise<string> {
  const held = await db.picture.findFirst({ where: { id: command, municipality, uploadedBy: viewer.id } });
  if (held) return held.id;
  const place = await mayAdd(municipality, viewer, about);
  if (!place) throw new NotAllowedError("picture_not_here");
  await requireRoom(db, municipality, about, place.commons);
  const uploader: Uploader = { municipality, person: viewer.id };
  await requirePhotograph(municipality, upload.hash, field);
  const made = await makeVariants(pathOf(upload.hash), words.focus, field);
  await keepMade(uploader, filesOf(made), shownAs(about.type, command), async (tx, hashes) => {
    // Of several that are added at once, each counts those before it.
    await lockPlace(tx, municipality, about, place.commons);
    await requireRoom(tx, municipality, about, place.commons);
    await tx.picture.create({
      data: {
        ...{ id: command, municipality, aboutType: about.type, aboutId: about.id },
        ...{ commons: place.commons, moment: about.moment, uploadedBy: viewer.id },
        ...consentAsSaid(words),
        variants: variantsOf(made, hashes),
      },
    });
    await attach(tx, uploader, upload.id, { type: SOURCE, id: command, public: false });
  });
  return command;
}

/** Changes what is said of a picture; another focus has it cut anew. */
export async function changePicture(
  { municipality, viewer }: By,
  id: string,
  words: PictureWords,
): Promise<void> {
  const picture = await requireOwn({ municipality, viewer }, id);
  const where = { municipality, id, removedAt: null };
  if (picture.focus === words.focus) {
    const { count } = await db.picture.updateMany({ where, data: consentAsSaid(words) });
    if (count !== 1) throw new NotFoundError("picture_not_found");
    return;
  }
  const source = await db.attachment.findFirst({ where: { municipality, aboutType: SOURCE, aboutId: id } });
  if (!source) throw new NotFoundError("picture_not_found");
  const made = await makeVariants(pathOf(source.hash), words.focus, "focus");
  const before = await db.attachment.findMany({
    where: { municipality, aboutType: { in: [VARIANT, DRAFT_VARIANT] }, aboutId: id },
    select: { id: true },
  });
  const uploader: Uploader = { municipality, person: picture.uploadedBy };
  await keepMade(uploader, filesOf(made), shownAs(picture.aboutType, id), async (tx, hashes) => {
    const { count } = await tx.picture.updateMany({
      where,
      data: { ...consentAsSaid(words), variants: variantsOf(made, hashes) },
    });
    if (count !== 1) throw new NotFoundError("picture_not_found");
    await tx.attachment.updateMany({
      where: { id: { in: before.map((row) => row.id) } },
      data: { aboutType: REPLACED, public: false },
    });
  });
  await removeFiles(municipality, { types: [REPLACED], id }, async () => {});
}

/** Shows a picture before the others. */
export async function showFirst(by: By, id: string): Promise<void> {
  const { municipality, viewer } = by;
  if (!can(viewer, municipality, "pictures:moderate")) throw new NotAllowedError();
  const { count } = await db.picture.updateMany({
    where: { municipality, id, removedAt: null },
    data: { firstSince: new Date() },
  });
  if (count !== 1) throw new NotFoundError("picture_not_found");
}

/**
 * Takes a picture away with all its files at once. That there was one, who removed it and why is kept; what was said of
 * it, and of whom it showed, is not.
 */
export async function removePicture(by: By, id: string, reason: string, note: string): Promise<void> {
  const { municipality, viewer } = by;
  await requireOwn(by, id);
  await removeFiles(municipality, { types: [SOURCE, VARIANT, DRAFT_VARIANT, REPLACED], id }, async (tx) => {
    const now = new Date();
    const { count } = await tx.picture.updateMany({
      where: { municipality, id, removedAt: null },
      data: {
        ...{ removedAt: now, removedBy: viewer.id, removalReason: reason, removalNote: note },
        ...{ alternativeText: "", author: "", consent: "", variants: [], firstSince: null },
      },
    });
    if (count !== 1) throw new NotFoundError("picture_not_found");
    await tx.pictureReport.updateMany({
      where: { municipality, picture: id, decidedAt: null },
      data: { decidedAt: now, decidedBy: viewer.id, decision: "removed" },
    });
  });
}

/** Says that something is wrong with a picture. Reported twice by the same person it waits once. */
export async function reportPicture(
  { municipality, viewer }: By,
  picture: string,
  reason: string,
  text: string,
  command: string,
): Promise<void> {
  const found = await db.picture.findFirst({
    where: { municipality, id: picture, removedAt: null, aboutType: { not: "draft" } },
  });
  if (!found) throw new NotFoundError("picture_not_found");
  const waiting = await db.pictureReport.findFirst({
    where: { municipality, picture, reporter: viewer.id, decidedAt: null },
  });
  if (waiting) {
    await db.pictureReport.updateMany({ where: { id: waiting.id, decidedAt: null }, data: { reason, text } });
    return;
  }
  await db.pictureReport.createMany({
    data: [{ id: command, municipality, picture, reason, text, reporter: viewer.id }],
    skipDuplicates: true,
  });
}

/** Decides that a reported picture stays, and why. Nobody decides on a report of their own picture. */
export async function keepPicture(
  { municipality, viewer }: By,
  report: string,
  answer: string,
): Promise<void> {
  if (!can(viewer, municipality, "pictures:moderate")) throw new NotAllowedError();
  const row = await db.pictureReport.findFirst({
    where: { municipality, id: report },
    include: { shown: true },
  });
  if (!row) throw new NotFoundError("picture_report_not_found");
  if (row.shown.uploadedBy === viewer.id) throw new NotAllowedError("report_on_own_picture");
  const { count } = await db.pictureReport.updateMany({
    where: { municipality, id: report, decidedAt: null },
    data: { decidedAt: new Date(), decidedBy: viewer.id, decision: "kept", answer },
  });
  if (count !== 1) throw new ConflictError("report_decided");
}

/** @throws NotAllowedError for whoever did not add the picture, nor writes the draft that it belongs to, also by office */
export async function requireUploader(by: By, id: string): Promise<void> {
  const { uploadedBy, aboutType } = await requireOwn(by, id);
  if (uploadedBy !== by.viewer.id && aboutType !== "draft") throw new NotAllowedError();
}

/** The picture, for whoever added it, for who writes the draft it belongs to, and for those who answer for pictures here. */
async function requireOwn({ municipality, viewer }: By, id: string) {
  const picture = await db.picture.findFirst({ where: { municipality, id, removedAt: null } });
  if (!picture) throw new NotFoundError("picture_not_found");
  if (!(await answersFor(picture, viewer))) throw new NotAllowedError();
  return picture;
}

async function lockPlace(
  tx: Database,
  municipality: string,
  { type, id }: PictureSubject,
  commons: string | null,
): Promise<void> {
  const place = `pictures ${municipality} ${commons === null ? `${type} ${id}` : `commons ${commons}`}`;
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${place}, 0))) AS held`;
}

async function requireRoom(
  tx: Database,
  municipality: string,
  { type, id }: PictureSubject,
  commons: string | null,
): Promise<void> {
  const where = commons === null ? { aboutType: type, aboutId: id } : { commons };
  const most = type === "draft" ? MOST_IN_DRAFT : MOST_PICTURES;
  if ((await tx.picture.count({ where: { municipality, removedAt: null, ...where } })) >= most)
    throw new ConflictError("too_many_pictures", { most });
}

/** How the files of a picture are kept: those of a draft are not public. */
function shownAs(type: string, id: string) {
  return type === "draft" ? { type: DRAFT_VARIANT, id, public: false } : { type: VARIANT, id };
}

async function requirePhotograph(municipality: string, hash: string, field: string): Promise<void> {
  const file = await db.storedFile.findUnique({ where: { municipality_hash: { municipality, hash } } });
  if (!file?.mediaType.startsWith("image/"))
    throw new InvalidInputError({ [field]: "picture_wanted" }, "picture_wanted");
}

/** Who agreed is kept only where somebody had to. */
function consentAsSaid({ consent, ...words }: PictureWords): PictureWords {
  return { ...words, consent: words.people === "consenting" ? consent : "" };
}

function filesOf(made: readonly MadeVariant[]) {
  return made.map(({ crop, format, width, bytes }) => ({
    ...{ name: `${crop}-${width}.${format}`, mediaType: mediaTypes[format], bytes },
  }));
}

function variantsOf(made: readonly MadeVariant[], hashes: readonly string[]): Variant[] {
  return made.map(({ crop, format, width, height }, index) => ({
    ...{ crop, format, width, height, hash: hashes[index] ?? "" },
  }));
}

/** What a person who is erased has reported goes; the pictures that they gave under a licence stay. */
export async function forgetReportsOf(tx: Database, person: string): Promise<void> {
  await tx.pictureReport.deleteMany({ where: { reporter: person } });
}
