import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExpectedError } from "@/lib/errors";
import { remakePicture } from "./picture-service";
import { heicPhoto } from "./test/heic-photo";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-pictures-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function kept(bytes: Uint8Array): Promise<string> {
  const path = join(folder, randomUUID());
  await writeFile(path, bytes);
  return path;
}

/** 96 × 64 pixels, blue but for the quarter at the top left, which is red. */
function pattern() {
  const [width, height] = [96, 64];
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set(x < width / 2 && y < height / 2 ? [200, 30, 30] : [30, 120, 200], (y * width + x) * 3);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** As a telephone held upright writes it: turned, with the device and the place. */
const cameraData = {
  IFD0: { Make: "PROVA-CAM", Model: "Modello di prova" },
  IFD3: {
    GPSLatitudeRef: "N",
    GPSLatitude: "45/1 4/1 12/1",
    GPSLongitudeRef: "E",
    GPSLongitude: "7/1 41/1 30/1",
  },
};

async function metadataOf(bytes: Uint8Array) {
  return sharp(await kept(bytes)).metadata();
}

async function isRed(bytes: Uint8Array, x: number, y: number): Promise<boolean> {
  const { data, info } = await sharp(await kept(bytes))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [red = 0, , blue = 0] = data.subarray((y * info.width + x) * info.channels);
  return red > blue;
}

/** A PNG of a few bytes that says it has this many pixels. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.alloc(100));
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

async function refusal(work: Promise<unknown>): Promise<ExpectedError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ExpectedError);
  return error as ExpectedError;
}

describe("remakePicture", () => {
  it.each(["jpeg", "png", "webp"] as const)(
    "turns a %s upright and leaves no word of the camera",
    async (format) => {
      const bytes = await pattern()
        .withMetadata({ orientation: 6 })
        .withExifMerge(cameraData)
        [format]()
        .toBuffer();
      expect(bytes.includes("PROVA-CAM")).toBe(true);
      const remade = await remakePicture(await kept(bytes), `image/${format}`, "file");
      const found = await metadataOf(remade.bytes);
      expect(found).toMatchObject({ format, width: 64, height: 96 });
      expect(found.orientation).toBeUndefined();
      for (const kind of ["exif", "xmp", "iptc", "icc", "comments"] as const)
        expect(found[kind]).toBeUndefined();
      expect(remade.bytes.includes("PROVA-CAM")).toBe(false);
      // Orientation 6 asks for a quarter turn to the right: the red quarter comes to the top right.
      expect(await isRed(remade.bytes, 48, 10)).toBe(true);
      expect(await isRed(remade.bytes, 10, 10)).toBe(false);
    },
  );

  it("drops what stands behind the picture's end", async () => {
    const bytes = Buffer.concat([
      await pattern().jpeg().toBuffer(),
      Buffer.from("<script>alert(1)</script>"),
    ]);
    const remade = await remakePicture(await kept(bytes), "image/jpeg", "file");
    expect(remade.bytes.includes("<script>")).toBe(false);
  });

  it("makes a JPEG of a HEIC photo, without the camera's data", async () => {
    expect(heicPhoto.includes("PROVA-CAM")).toBe(true);
    const remade = await remakePicture(await kept(heicPhoto), "image/heic", "file");
    expect(remade.mediaType).toBe("image/jpeg");
    expect(await metadataOf(remade.bytes)).toMatchObject({ format: "jpeg", width: 96, height: 64 });
    expect(await isRed(remade.bytes, 10, 10)).toBe(true);
    expect(await isRed(remade.bytes, 80, 10)).toBe(false);
    expect(remade.bytes.includes("PROVA-CAM")).toBe(false);
  });

  it("keeps a picture within 4096 pixels a side, and does not enlarge a small one", async () => {
    const wide = await sharp({ create: { width: 6000, height: 600, channels: 3, background: "green" } })
      .png()
      .toBuffer();
    const remade = await remakePicture(await kept(wide), "image/png", "file");
    expect(await metadataOf(remade.bytes)).toMatchObject({ width: 4096, height: 410 });
    const small = await remakePicture(await kept(await pattern().png().toBuffer()), "image/png", "file");
    expect(await metadataOf(small.bytes)).toMatchObject({ width: 96, height: 64 });
  });

  it("refuses a small file that would unfold into more pixels than are taken", async () => {
    const bomb = pngOf(20_000, 20_000);
    expect(bomb.length).toBeLessThan(1_000);
    const error = await refusal(remakePicture(await kept(bomb), "image/png", "file"));
    expect(error).toMatchObject({ code: "picture_too_large", params: { limit: 65 } });
  });

  it("names a picture that does not open, with the field it came from", async () => {
    const whole = await pattern().resize(1000, 1000).jpeg().toBuffer();
    const cut = await refusal(
      remakePicture(await kept(whole.subarray(0, whole.length / 2)), "image/jpeg", "foto"),
    );
    expect(cut).toMatchObject({ code: "picture_damaged", fields: { foto: "picture_damaged" } });
    const broken = await refusal(remakePicture(await kept(heicPhoto.subarray(0, 300)), "image/heic", "foto"));
    expect(broken).toMatchObject({ code: "picture_heic_unreadable" });
  });

  it("opens nothing that is not of the three types, whatever it was said to be", async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    );
    const error = await refusal(remakePicture(await kept(svg), "image/png", "file"));
    expect(error.code).toBe("picture_damaged");
  });

  it("makes all of many pictures, one after the other, and refuses those that would wait too long", async () => {
    const path = await kept(await pattern().png().toBuffer());
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, () => remakePicture(path, "image/png", "file")),
    );
    const refused = answers.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(10);
    for (const answer of refused) expect(answer).toMatchObject({ reason: { code: "pictures_busy" } });
    await expect(remakePicture(path, "image/png", "file")).resolves.toBeDefined();
  });
});
