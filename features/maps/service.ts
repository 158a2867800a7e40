/** The map of a municipality as its administrators bring it: looked at as a draft first, then taken in place of what was there. */
import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { keepReceived, removeFiles, type Uploader, withReceived } from "@/features/documents/service";
import { type Database, db } from "@/lib/db";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import type { Outline } from "./outlines";
import { type MapFile, readMap } from "./read-map";
import { DRAFT_TILES, MapFileError, MOST_MAP_BYTES, TILES } from "./rules";
import type { TilesView } from "./tiles";

const DRAFT_MS = 24 * 3600_000;
const TILES_TYPE = "application/vnd.pmtiles";

/**
 * Reads a file and keeps what it says as a draft, in place of one that the same person left.
 * @returns the draft's id
 * @throws InvalidInputError on `file` with the reason why no map here can be made of it; TooMuchError for one too large
 */
export async function prepareMap(
  uploader: Uploader,
  file: { name: string; stream: Readable },
): Promise<string> {
  const { municipality, person } = uploader;
  return withReceived(file, MOST_MAP_BYTES, "file", async (received) => {
    const { path, size, name } = received;
    const read = await readHere(path, size, municipality);
    const id = randomUUID();
    const { kind } = read;
    const draft = {
      ...{ id, municipality, person, kind, fileName: name, bytes: size },
      content: kind === "outlines" ? read.outlines : read.tiles,
      leftOut: kind === "outlines" ? read.leftOut : 0,
    };
    await forgetDraftsWhere({ municipality, person });
    const write = async (tx: Database) => void (await tx.mapDraft.create({ data: draft }));
    const about = { type: DRAFT_TILES, id };
    if (kind === "tiles")
      await keepReceived(uploader, received, { name, mediaType: TILES_TYPE }, about, write);
    else await write(db);
    return id;
  });
}

async function readHere(path: string, size: number, municipality: string): Promise<MapFile> {
  const place = await db.municipality.findUniqueOrThrow({
    where: { istatCode: municipality },
    select: { istatCode: true, lat: true, lon: true },
  });
  try {
    return await readMap(path, size, place);
  } catch (error) {
    if (error instanceof MapFileError) throw refusal(error.code, error.params);
    throw error;
  }
}

/** Makes a draft the map of its municipality. */
export async function confirmMap(
  { municipality, person }: Uploader,
  draftId: string,
  credit: string,
): Promise<void> {
  const draft = await db.mapDraft.findFirst({ where: { municipality, id: draftId, person } });
  if (!draft) throw new NotFoundError("map_draft_not_found");
  if (draft.kind === "outlines") return confirmOutlines(municipality, draft, credit);
  const { area } = draft.content as unknown as TilesView;
  // Those of before go first, with their bytes: the same file may come again.
  await db.$transaction(async (tx) => {
    const file = await tx.attachment.findFirst({
      where: { municipality, aboutType: DRAFT_TILES, aboutId: draftId },
    });
    if (!file) throw new NotFoundError("map_draft_not_found");
    await tx.attachment.updateMany({
      where: { municipality, aboutType: TILES, aboutId: municipality },
      data: { aboutType: DRAFT_TILES, aboutId: municipality, public: false },
    });
    await tx.attachment.update({
      where: { id: file.id },
      data: { aboutType: TILES, aboutId: municipality, public: true },
    });
    const row = {
      ...{ hash: file.hash, fileName: draft.fileName, bytes: draft.bytes, area: [...area], credit },
      ...{ changedBy: person, changedAt: new Date() },
    };
    await tx.mapBackground.upsert({
      where: { municipality },
      create: { municipality, ...row },
      update: row,
    });
    await tx.mapDraft.deleteMany({ where: { id: draftId, municipality } });
  });
  await removeFiles(municipality, { types: [DRAFT_TILES], id: municipality }, async () => {});
}

/** Outlines take the place of those of their kind: a new map of districts leaves the municipality's own outline alone. */
async function confirmOutlines(
  municipality: string,
  draft: { id: string; content: unknown },
  credit: string,
): Promise<void> {
  const outlines = draft.content as Outline[];
  const kinds = [...new Set(outlines.map(({ kind }) => kind))];
  await db.$transaction(async (tx) => {
    const { count } = await tx.mapDraft.deleteMany({ where: { id: draft.id, municipality } });
    if (count !== 1) throw new NotFoundError("map_draft_not_found");
    await tx.boundary.deleteMany({ where: { municipality, kind: { in: kinds } } });
    await tx.boundary.createMany({
      data: outlines.map((outline) => ({ municipality, ...outline, credit })),
    });
  });
}

export async function discardMap({ municipality, person }: Uploader, draftId: string): Promise<void> {
  if ((await forgetDraftsWhere({ municipality, person, id: draftId })) === 0)
    throw new NotFoundError("map_draft_not_found");
}

/** Takes outlines or the background away: the map is a drawing again. */
export async function removeMap(municipality: string, part: "outlines" | "tiles"): Promise<void> {
  if (part === "outlines") {
    const { count } = await db.boundary.deleteMany({ where: { municipality } });
    if (count === 0) throw new NotFoundError("map_not_found");
    return;
  }
  await removeFiles(municipality, { types: [TILES], id: municipality }, async (tx) => {
    const { count } = await tx.mapBackground.deleteMany({ where: { municipality } });
    if (count !== 1) throw new NotFoundError("map_not_found");
  });
}

/** Drafts that nobody confirmed within a day. */
export async function forgetMapDrafts(now = new Date()): Promise<void> {
  await forgetDraftsWhere({ createdAt: { lt: new Date(now.getTime() - DRAFT_MS) } });
}

/** @returns how many there were */
async function forgetDraftsWhere(where: {
  municipality?: string;
  person?: string;
  id?: string;
  createdAt?: { lt: Date };
}): Promise<number> {
  const drafts = await db.mapDraft.findMany({ where, select: { id: true, municipality: true } });
  for (const { id, municipality } of drafts)
    await removeFiles(municipality, { types: [DRAFT_TILES], id }, async (tx) => {
      await tx.mapDraft.deleteMany({ where: { id, municipality } });
    });
  return drafts.length;
}

function refusal(code: string, params = {}): InvalidInputError {
  return new InvalidInputError({ file: code }, code, params);
}
