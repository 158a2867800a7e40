/** The files of a picture that pages show: each crop, in the widths that are used and the formats that browsers take. */
import type { Sharp } from "sharp";
import type { Crop, Format, Variant } from "@/components/pictures/picture";
import { inTurn, LONGEST_SECONDS, loadSharp, MOST_PIXELS } from "@/features/documents/picture-service";
import { InvalidInputError } from "@/lib/errors";
import { type Focus, LEAST_HEIGHT, LEAST_WIDTH } from "./rules";

export type MadeVariant = Omit<Variant, "hash"> & { bytes: Buffer };

/** A card on a telephone, the same on a sharp screen or beside a text at a desk, and as wide as a column. */
const wideWidths = [320, 640, 1280];
const squareWidths = [160, 320];
const PLAIN_WIDE = 640;
const PLAIN_SQUARE = 320;
/** What other sites show of a link. */
const share = { width: 1200, height: 630 };
const LONGEST_WHOLE = 1600;

const writers: Readonly<Record<Format, (picture: Sharp) => Sharp>> = {
  avif: (picture) => picture.avif({ quality: 55, effort: 3 }),
  webp: (picture) => picture.webp({ quality: 76 }),
  jpg: (picture) => picture.jpeg({ quality: 78, mozjpeg: true }),
};

/**
 * Cuts the picture in a file, which was made anew when it was received.
 * @throws InvalidInputError on `field` where it is too small to be shown large
 */
export async function makeVariants(path: string, focus: Focus, field: string): Promise<MadeVariant[]> {
  return inTurn(async () => {
    const sharp = await loadSharp();
    const open = () =>
      sharp(path, { limitInputPixels: MOST_PIXELS, failOn: "error" }).timeout({ seconds: LONGEST_SECONDS });
    const { width, height } = await open().metadata();
    if (width < LEAST_WIDTH || height < LEAST_HEIGHT)
      throw new InvalidInputError({ [field]: "picture_too_small" }, "picture_too_small");

    /** Cut once and then made smaller, so that every width shows the same part. */
    const cutter = async (ratio: number, most: number) => {
      const cutWidth = Math.min(most, width, Math.floor(height * ratio));
      const position = focus === "attention" ? sharp.strategy.attention : focus;
      const { data, info } = await open()
        .resize({ width: cutWidth, height: Math.round(cutWidth / ratio), fit: "cover", position })
        .flatten({ background: "white" })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const raw = { width: info.width, height: info.height, channels: info.channels };
      return { width: info.width, draw: () => sharp(data, { raw }) };
    };
    const made: MadeVariant[] = [];
    const write = async (picture: Sharp, crop: Crop, format: Format) => {
      const { data, info } = await writers[format](picture).toBuffer({ resolveWithObject: true });
      made.push({ crop, format, width: info.width, height: info.height, bytes: data });
    };

    for (const { crop, ratio, widths, plain } of [
      { crop: "wide", ratio: 16 / 9, widths: wideWidths, plain: PLAIN_WIDE },
      { crop: "square", ratio: 1, widths: squareWidths, plain: PLAIN_SQUARE },
    ] as const) {
      const cut = await cutter(ratio, Math.max(...widths));
      const shown = [...new Set(widths.map((wanted) => Math.min(wanted, cut.width)))];
      for (const wanted of shown)
        for (const format of ["avif", "webp"] as const)
          await write(cut.draw().resize({ width: wanted }), crop, format);
      await write(cut.draw().resize({ width: Math.min(plain, cut.width) }), crop, "jpg");
    }
    const shared = await cutter(share.width / share.height, share.width);
    await write(shared.draw().resize({ ...share, fit: "fill" }), "share", "jpg");
    const whole = open().resize({
      ...{ width: LONGEST_WHOLE, height: LONGEST_WHOLE, fit: "inside", withoutEnlargement: true },
    });
    await write(whole.flatten({ background: "white" }), "whole", "jpg");
    return made;
  });
}
