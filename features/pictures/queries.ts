import "server-only";
import type { PictureView, Variant } from "@/components/pictures/picture";
import { filesStep } from "@/features/proposals/rules";
import { isWriter } from "@/features/proposals/writers-queries";
import type { Picture } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import type { Href } from "@/lib/language/navigation";
import { can, holdsOffice, type Viewer } from "@/lib/permissions";
import { answersFor } from "./rights-queries";
import {
  DRAFT_VARIANT,
  type License,
  type Moment,
  type PictureSubject,
  type SubjectType,
  VARIANT,
} from "./rules";

/** A picture with what is said of it. */
export type PictureDetails = PictureView & {
  about: PictureSubject;
  commons: string | null;
  moment: Moment | null;
  author: string;
  takenOn: string;
  license: License;
  /** Whether this viewer added it. */
  own: boolean;
};

const shown = { removedAt: null } as const;
const inOrder = [
  { firstSince: { sort: "desc", nulls: "last" } },
  { createdAt: "asc" },
  { id: "asc" },
] as const;

/** The picture that stands for each of these commons, by its id: one of the commons itself before one of a proposal on it. */
export async function coversOf(
  municipality: string,
  commons: readonly string[],
): Promise<ReadonlyMap<string, PictureView>> {
  if (commons.length === 0) return new Map();
  const rows = await db.picture.findMany({
    where: { municipality, commons: { in: [...commons] }, ...shown },
    orderBy: [...inOrder],
  });
  return firstOf(rows, (row) => row.commons, rankAsCover);
}

/** The picture of each proposal, by its id; of its commons where it has none of its own. */
export async function proposalPictures(
  municipality: string,
  proposals: readonly { id: string; commons: string }[],
): Promise<ReadonlyMap<string, PictureView>> {
  const [own, covers] = await Promise.all([
    db.picture.findMany({
      where: {
        ...{ municipality, aboutType: "proposal", aboutId: { in: proposals.map(({ id }) => id) } },
        ...shown,
      },
      orderBy: [...inOrder],
    }),
    coversOf(
      municipality,
      proposals.map(({ commons }) => commons),
    ),
  ]);
  const pictures = firstOf(own, (row) => row.aboutId);
  return new Map(
    proposals.flatMap(({ id, commons }) => {
      const picture = pictures.get(id) ?? covers.get(commons);
      return picture ? [[id, picture] as const] : [];
    }),
  );
}

/** All pictures of a commons, of the proposals and of the pacts on it: those that stand for it first. */
export async function picturesOfCommons(
  municipality: string,
  commons: string,
  viewer?: Viewer,
): Promise<PictureDetails[]> {
  const rows = await db.picture.findMany({
    where: { municipality, commons, ...shown },
    orderBy: [...inOrder],
  });
  return rows.sort((a, b) => rankAsCover(a) - rankAsCover(b)).map((row) => details(row, viewer));
}

/** The pictures of one thing, those that stand for it first. */
export async function picturesOf(
  municipality: string,
  { type, id }: PictureSubject,
  viewer?: Viewer,
): Promise<PictureDetails[]> {
  const rows = await db.picture.findMany({
    where: { municipality, aboutType: type, aboutId: id, ...shown },
    orderBy: [...inOrder],
  });
  return rows.map((row) => details(row, viewer));
}

/** One picture, or what is left to say of one that was removed; null where there never was one. */
export async function pictureById(
  municipality: string,
  id: string,
  viewer: Viewer | undefined,
): Promise<PictureDetails | { removedFor: string } | null> {
  const row = await db.picture.findFirst({ where: { municipality, id } });
  if (!row) return null;
  const isDraft = row.aboutType === "draft";
  if (isDraft && !(await isWriter(municipality, row.aboutId, viewer))) return null;
  return row.removedAt ? { removedFor: row.removalReason ?? "other" } : details(row, viewer, isDraft);
}

/** What only the offices and whoever added a picture read of it. */
export async function consentOf(
  municipality: string,
  id: string,
  viewer: Viewer | undefined,
): Promise<{ people: string; consent: string; focus: string } | undefined> {
  const row = await db.picture.findFirst({ where: { municipality, id, ...shown } });
  if (!row || !(await answersFor(row, viewer))) return undefined;
  return { people: row.people, consent: row.consent, focus: row.focus };
}

/** Whether the file with this digest is of a picture that is shown in this municipality. */
export async function isShown(municipality: string, hash: string): Promise<boolean> {
  const found = await db.attachment.findFirst({
    where: { municipality, hash, aboutType: VARIANT, public: true },
    select: { id: true },
  });
  return found !== null;
}

/** The pictures of a dossier that is not published, for those who write it, and for the offices once it is submitted. */
export async function picturesOfDraft(
  municipality: string,
  draft: string,
  viewer: Viewer | undefined,
): Promise<PictureDetails[]> {
  const pictures = await picturesOf(municipality, { type: "draft", id: draft }, viewer);
  if (await isWriter(municipality, draft, viewer))
    return pictures.map((picture) => ({ ...picture, own: true }));
  return (await isForOffices(municipality, draft, viewer)) ? pictures : [];
}

/** Whether this person may see the file with this digest of a picture in a dossier that is not published. */
export async function isShownInDraft(
  municipality: string,
  hash: string,
  viewer: Viewer | undefined,
): Promise<boolean> {
  if (!viewer) return false;
  const files = await db.attachment.findMany({
    where: { municipality, hash, aboutType: DRAFT_VARIANT },
    select: { aboutId: true, uploadedBy: true },
  });
  if (files.some(({ uploadedBy }) => uploadedBy === viewer.id)) return true;
  const pictures = await db.picture.findMany({
    where: { municipality, id: { in: files.map(({ aboutId }) => aboutId) }, aboutType: "draft" },
    select: { aboutId: true },
  });
  for (const { aboutId } of pictures) {
    if (await isWriter(municipality, aboutId, viewer)) return true;
    if (await isForOffices(municipality, aboutId, viewer)) return true;
  }
  return false;
}

/** What is only a draft is nobody's but theirs who write it, also not an office's. */
async function isForOffices(municipality: string, id: string, viewer: Viewer | undefined): Promise<boolean> {
  return (
    holdsOffice(viewer, municipality) &&
    (await db.proposal.count({ where: { municipality, id, submittedAt: { not: null } } })) > 0
  );
}

/** @param writes whether the viewer writes the draft that the picture belongs to: it is theirs to change as well */
function details(row: Picture, viewer: Viewer | undefined, writes = false): PictureDetails {
  const { author, takenOn, commons } = row;
  return {
    ...view(row),
    ...{ author, takenOn, commons },
    about: { type: row.aboutType as SubjectType, id: row.aboutId },
    moment: row.moment as Moment | null,
    license: row.license as License,
    own: writes || row.uploadedBy === viewer?.id,
  };
}

function view({ id, alternativeText, variants }: Picture): PictureView {
  return { id, alternativeText, variants: variants as Variant[] };
}

/** Of the commons itself, then of a proposal, then as it is after a pact, and only then as it was before. */
function rankAsCover({ aboutType, moment }: Picture): number {
  if (aboutType === "commons") return 0;
  if (aboutType === "proposal") return 1;
  return moment === "after" ? 2 : 3;
}

function firstOf(
  rows: readonly Picture[],
  keyOf: (row: Picture) => string | null,
  rank: (row: Picture) => number = () => 0,
): Map<string, PictureView> {
  const found = new Map<string, Picture>();
  for (const row of rows) {
    const key = keyOf(row);
    const before = key === null ? undefined : found.get(key);
    if (key !== null && (!before || rank(row) < rank(before))) found.set(key, row);
  }
  return new Map([...found].map(([key, row]) => [key, view(row)]));
}

export type WaitingReport = {
  id: string;
  picture: PictureDetails;
  reason: string;
  text: string;
  createdAt: Date;
};

/** What was reported and nobody has decided yet, oldest first. Who reported it is not said. */
export async function waitingReports(municipality: string, viewer: Viewer): Promise<WaitingReport[]> {
  if (!can(viewer, municipality, "pictures:moderate")) return [];
  const rows = await db.pictureReport.findMany({
    where: { municipality, decidedAt: null, shown: { removedAt: null } },
    include: { shown: true },
    orderBy: { createdAt: "asc" },
    take: 50,
  });
  return rows.map(({ id, reason, text, createdAt, shown: picture }) => ({
    ...{ id, reason, text, createdAt, picture: details(picture, viewer) },
  }));
}

/** The page that a picture belongs to. */
export async function placeOfPicture(
  municipality: { istatCode: string; slug: string; name: string },
  { about, commons }: PictureDetails,
): Promise<{ name: string; href: Href } | undefined> {
  const { istatCode, slug } = municipality;
  const byId = (id: string) => ({ where: { municipality_id: { municipality: istatCode, id } } });
  if (commons !== null) {
    const row = await db.commons.findUnique(byId(commons));
    const params = { municipality: slug, commons: row?.slug ?? "" };
    return row
      ? { name: row.name, href: { pathname: "/[municipality]/commons/[commons]", params } }
      : undefined;
  }
  if (about.type === "draft") {
    const row = await db.proposal.findUnique(byId(about.id));
    const params = { municipality: slug, draft: about.id, step: filesStep };
    return row
      ? { name: row.title, href: { pathname: "/[municipality]/propose/[draft]/[step]", params } }
      : undefined;
  }
  if (about.type === "house") {
    const row = await db.house.findUnique(byId(about.id));
    const params = { municipality: slug, house: row?.slug ?? "" };
    return row ? { name: row.name, href: { pathname: "/[municipality]/houses/[house]", params } } : undefined;
  }
  return { name: municipality.name, href: { pathname: "/[municipality]", params: { municipality: slug } } };
}

/** What a person has added and reported, for that person's copy of their data. */
export async function picturesOfPerson(municipality: string, person: string) {
  const [pictures, reports] = await Promise.all([
    db.picture.findMany({ where: { municipality, uploadedBy: person }, orderBy: { createdAt: "asc" } }),
    db.pictureReport.findMany({ where: { municipality, reporter: person }, orderBy: { createdAt: "asc" } }),
  ]);
  return {
    pictures: pictures.map(
      ({ id, aboutType, aboutId, alternativeText, author, takenOn, license, ...row }) => ({
        ...{ id, aboutType, aboutId, alternativeText, author, takenOn, license },
        ...{ people: row.people, consent: row.consent, createdAt: row.createdAt, removedAt: row.removedAt },
      }),
    ),
    pictureReports: reports.map(({ picture, reason, text, createdAt, decision, answer }) => ({
      ...{ picture, reason, text, createdAt, decision, answer },
    })),
  };
}
