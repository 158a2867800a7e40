import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ExpectedError } from "@/lib/errors";
import { takeIn } from "./examination";
import { heicPhoto } from "./test/heic-photo";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cocity-files-"));
  vi.stubEnv("COCITY_DATA", folder);
  vi.stubEnv("CLAMAV_SOCKET", undefined);
});
beforeEach(() => rm(join(folder, "files"), { recursive: true, force: true }));
afterAll(() => rm(folder, { recursive: true, force: true }));

const plain = pdf("");
function pdf(trailer: string, objects = ""): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n${objects}trailer\n<< /Root 1 0 R ${trailer}>>\nstartxref\n9\n%%EOF\n`,
  );
}

function given(name: string, bytes: Buffer, announced = bytes.length) {
  return takeIn({ name, stream: Readable.from(bytes.length > 0 ? [bytes] : []), announced }, "file");
}

/** Paths below `files`, of files alone. */
async function onDisk(): Promise<string[]> {
  const found = await readdir(join(folder, "files"), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("takeIn", () => {
  it.each([
    ["Agliè – più verde.pdf", "Agliè – più verde.pdf"],
    ["D'Aosta & «orti» (copia) [1] #2 100%.pdf", "D'Aosta & «orti» (copia) [1] #2 100%.pdf"],
    ["MAIUSCOLO.PDF", "MAIUSCOLO.PDF"],
    ["foto\u202egpj.pdf", "fotogpj.pdf"],
    ["senzaestensione", "senzaestensione.pdf"],
    [".pdf", "file.pdf"],
    ["عربي مستند.pdf", "عربي مستند.pdf"],
    ["👩‍👩‍👧 orto.pdf", "👩‍👩‍👧 orto.pdf"],
    [`${"x".repeat(250)}.pdf`, `${"x".repeat(116)}.pdf`],
  ])("keeps %s byte for byte under the name %s", async (sent, name) => {
    const kept = await given(sent, plain);
    expect(kept).toMatchObject({ name, size: plain.length, mediaType: "application/pdf" });
    const [path, ...others] = await onDisk();
    expect(others).toEqual([]);
    expect(await readFile(path as string)).toEqual(plain);
    expect(path?.endsWith(join(kept.hash.slice(0, 2), kept.hash.slice(2)))).toBe(true);
  });

  it("keeps a photo without place and device, turned upright, and nothing of how it came", async () => {
    const photo = await sharp({ create: { width: 80, height: 40, channels: 3, background: "green" } })
      .withMetadata({ orientation: 6 })
      .withExifMerge({
        IFD0: { Make: "PROVA-CAM" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "45/1 4/1 12/1" },
      })
      .jpeg()
      .toBuffer();
    const kept = await given("foto orto.JPG", photo);
    expect(kept).toMatchObject({ name: "foto orto.JPG", mediaType: "image/jpeg" });
    const [path, ...others] = await onDisk();
    expect(others).toEqual([]);
    const bytes = await readFile(path as string);
    expect(bytes.includes("PROVA-CAM")).toBe(false);
    expect(kept.size).toBe(bytes.length);
    const { width, height, exif } = await sharp(path).metadata();
    expect({ width, height, exif }).toEqual({ width: 40, height: 80, exif: undefined });
  });

  it("keeps a HEIC photo as the JPEG it was made into, under the ending of one", async () => {
    const kept = await given("IMG_0002.HEIC", heicPhoto);
    expect(kept).toMatchObject({ name: "IMG_0002.jpg", mediaType: "image/jpeg" });
    expect(await onDisk()).toHaveLength(1);
  });

  it.each<[string, Buffer, string]>([
    ["vuoto.pdf", Buffer.alloc(0), "file_empty"],
    ["cifrato.pdf", pdf("/Encrypt << /Filter /Standard /V 1 >> "), "file_protected"],
    ["script.pdf", pdf("", "4 0 obj\n<< /S /JavaScript /JS (x) >>\nendobj\n"), "file_with_program"],
    ["finta.jpg", plain, "file_type_differs"],
    ["programma.exe", plain, "file_type_unknown"],
    ["senzaestensione", Buffer.from("hello"), "file_type_unknown"],
    [
      "IMG_0001.HEIC",
      Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heicrest of a photo", "latin1"),
      "picture_heic_unreadable",
    ],
    ["foto.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0]), "picture_damaged"],
  ])("refuses %s and leaves nothing of it", async (name, bytes, code) => {
    const error: unknown = await given(name, bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExpectedError);
    expect(error).toMatchObject({ code, fields: { file: code } });
    expect(await onDisk()).toEqual([]);
  });

  it("leaves nothing of a file that is cut, too large, or breaks off", async () => {
    await expect(given("a.pdf", plain, plain.length + 1)).rejects.toMatchObject({ code: "file_cut" });
    const large = Buffer.concat([plain, Buffer.alloc(10_000_001)]);
    await expect(given("a.pdf", large)).rejects.toMatchObject({
      code: "file_too_large",
      params: { limit: 10 },
    });
    const broken = Readable.from(
      (async function* () {
        yield plain;
        throw new Error("connection lost");
      })(),
    );
    await expect(takeIn({ name: "a.pdf", stream: broken }, "file")).rejects.toMatchObject({
      code: "file_cut",
    });
    const archive = Buffer.from("PK\x03\x04\x14\0\0\0\0\0", "latin1");
    await expect(given("a.docx", archive)).rejects.toMatchObject({ status: 422 });
    expect(await onDisk()).toEqual([]);
  });
});
