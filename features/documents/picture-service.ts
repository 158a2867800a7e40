/**
 * Pictures are made anew before they are kept: upright, within bounded pixels, and without what the camera wrote about
 * place, time and device.
 */
import type { Sharp } from "sharp";
import { InvalidInputError, TooMuchError, UnavailableError } from "@/lib/errors";
import { decodeHeic } from "./heic";

export type RemadePicture = { bytes: Buffer; mediaType: string };

/** Pixels a picture may have: those of a telephone of 64 megapixels. */
export const MOST_PIXELS = 65_000_000;
/** Pixels of the longer side that is kept: enough to print an A3 page. */
const LONGEST_SIDE = 4096;
export const LONGEST_SECONDS = 30;
/** Pictures that may wait for their turn. One is made at a time, so that memory is bounded by one. */
const MOST_WAITING = 20;

const heic = ["image/heic", "image/heif"];
const formats: Readonly<Record<string, (picture: Sharp, isPalette: boolean) => Sharp>> = {
  "image/jpeg": (picture) => picture.jpeg({ quality: 88 }),
  "image/png": (picture, isPalette) => picture.png({ compressionLevel: 9, palette: isPalette }),
  "image/webp": (picture) => picture.webp({ quality: 88 }),
};

export function isPicture(mediaType: string): boolean {
  return mediaType in formats || heic.includes(mediaType);
}

/**
 * Makes the picture in a file anew; HEIC becomes JPEG.
 * @throws InvalidInputError on `field` for a picture that does not open; TooMuchError for one with too many pixels
 */
export async function remakePicture(path: string, mediaType: string, field: string): Promise<RemadePicture> {
  return inTurn(() => (heic.includes(mediaType) ? fromHeic(path, field) : fromFile(path, mediaType, field)));
}

let loading: Promise<typeof import("sharp").default> | undefined;

/** The library, loaded with the first picture: of the processes that have this module most never make one. */
export function loadSharp(): Promise<typeof import("sharp").default> {
  loading ??= import("sharp").then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    // What a file's first bytes say was checked before; of all the readers of pictures only these three may open one.
    sharp.block({ operation: ["VipsForeignLoad"] });
    sharp.unblock({
      operation: ["VipsForeignLoadJpegFile", "VipsForeignLoadPngFile", "VipsForeignLoadWebpFile"],
    });
    return sharp;
  });
  return loading;
}

async function fromFile(path: string, mediaType: string, field: string): Promise<RemadePicture> {
  const sharp = await loadSharp();
  const picture = () => sharp(path, { limitInputPixels: MOST_PIXELS, failOn: "error" });
  const found = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  const make = formats[mediaType];
  if (!found || !make) throw unreadable(field, "picture_damaged");
  if (found.width * found.height > MOST_PIXELS) throw tooManyPixels();
  try {
    const upright = bounded(picture().autoOrient());
    return { bytes: await make(upright, found.isPalette ?? false).toBuffer(), mediaType };
  } catch {
    throw unreadable(field, "picture_damaged");
  }
}

async function fromHeic(path: string, field: string): Promise<RemadePicture> {
  const found = await decodeHeic(path, MOST_PIXELS).catch(() => {
    throw unreadable(field, "picture_heic_unreadable");
  });
  if (!found) throw tooManyPixels();
  const { width, height, data } = found;
  const sharp = await loadSharp();
  const raw = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: MOST_PIXELS });
  const picture = bounded(raw.flatten({ background: "white" })).jpeg({ quality: 88 });
  return { bytes: await picture.toBuffer(), mediaType: "image/jpeg" };
}

function bounded(picture: Sharp): Sharp {
  return picture
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
    .timeout({ seconds: LONGEST_SECONDS });
}

// Bundles may hold this module more than once; the memory they share is one.
const shared = globalThis as { cocityPictures?: { waiting: number; last: Promise<unknown> } };
shared.cocityPictures ??= { waiting: 0, last: Promise.resolve() };
const queue = shared.cocityPictures;

/** Runs one piece of work on a picture after all earlier ones. @throws UnavailableError where too many wait */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (queue.waiting >= MOST_WAITING) throw new UnavailableError("pictures_busy");
  queue.waiting += 1;
  const turn = queue.last.then(work);
  queue.last = turn.catch(() => {});
  try {
    return await turn;
  } finally {
    queue.waiting -= 1;
  }
}

function unreadable(field: string, problem: string): InvalidInputError {
  return new InvalidInputError({ [field]: problem }, problem);
}

function tooManyPixels(): TooMuchError {
  return new TooMuchError("picture_too_large", { limit: MOST_PIXELS / 1_000_000 });
}
