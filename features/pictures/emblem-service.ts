/** The coat of arms of a municipality: cut to the header's height from what its administrator sends. */

import { inTurn, LONGEST_SECONDS, loadSharp, MOST_PIXELS } from "@/features/documents/picture-service";
import {
  discardUpload,
  keepMade,
  pathOf,
  removeFiles,
  type Uploaded,
  type Uploader,
} from "@/features/documents/service";
import { db } from "@/lib/db";
import { InvalidInputError, NotFoundError } from "@/lib/errors";
import { EMBLEM_HEIGHT, EMBLEM_WIDTH, REPLACED, VARIANT } from "./rules";

/**
 * Shows a picture as the coat of arms, in place of one that was there.
 * @throws InvalidInputError on `file` for what is no picture, or smaller than it is shown
 */
export async function saveEmblem(
  uploader: Uploader,
  alternativeText: string,
  upload: Uploaded,
): Promise<void> {
  const { municipality, person } = uploader;
  const stored = await db.storedFile.findUnique({
    where: { municipality_hash: { municipality, hash: upload.hash } },
  });
  if (!stored?.mediaType.startsWith("image/")) throw refusal("picture_wanted");
  const [usual, twice] = await emblemFiles(pathOf(upload.hash));
  const id = emblemId(municipality);
  const files = [usual, twice].map(({ bytes, height }) => ({
    ...{ name: `stemma-${height}.webp`, mediaType: "image/webp", bytes },
  }));
  await keepMade(uploader, files, { type: VARIANT, id: `${id}-new` }, async (tx, hashes) => {
    const [hash = "", hashTwice = ""] = hashes;
    const row = {
      ...{ alternativeText, width: usual.width, height: usual.height, hash, hashTwice },
      ...{ changedBy: person, changedAt: new Date() },
    };
    await tx.municipalityEmblem.upsert({
      where: { municipality },
      create: { municipality, ...row },
      update: row,
    });
    await tx.attachment.updateMany({
      where: { municipality, aboutType: VARIANT, aboutId: id },
      data: { aboutType: REPLACED, public: false },
    });
    await tx.attachment.updateMany({
      where: { municipality, aboutType: VARIANT, aboutId: `${id}-new` },
      data: { aboutId: id },
    });
  });
  await removeFiles(municipality, { types: [REPLACED], id }, async () => {});
  await discardUpload(uploader, upload.id);
}

export async function removeEmblem(municipality: string): Promise<void> {
  await removeFiles(municipality, { types: [VARIANT], id: emblemId(municipality) }, async (tx) => {
    const { count } = await tx.municipalityEmblem.deleteMany({ where: { municipality } });
    if (count !== 1) throw new NotFoundError("picture_not_found");
  });
}

type EmblemFile = { bytes: Buffer; width: number; height: number };

/** In the size that is shown and in twice that, for sharp screens; what is transparent stays so. */
async function emblemFiles(path: string): Promise<[EmblemFile, EmblemFile]> {
  return inTurn(async () => {
    const sharp = await loadSharp();
    const draw = async (times: number): Promise<EmblemFile> => {
      const { data, info } = await sharp(path, { limitInputPixels: MOST_PIXELS, failOn: "error" })
        .timeout({ seconds: LONGEST_SECONDS })
        .resize({
          ...{ width: EMBLEM_WIDTH * times, height: EMBLEM_HEIGHT * times },
          ...{ fit: "inside", withoutEnlargement: true },
        })
        .webp({ quality: 90, alphaQuality: 100 })
        .toBuffer({ resolveWithObject: true });
      return { bytes: data, width: info.width, height: info.height };
    };
    const usual = await draw(1);
    if (usual.height < EMBLEM_HEIGHT && usual.width < EMBLEM_WIDTH) throw refusal("emblem_too_small");
    return [usual, await draw(2)];
  });
}

function emblemId(municipality: string): string {
  return `emblem-${municipality}`;
}

function refusal(code: string): InvalidInputError {
  return new InvalidInputError({ file: code }, code);
}
