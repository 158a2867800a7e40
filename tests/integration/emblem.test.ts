import { mkdtempSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import sharp from "sharp";
import { afterAll, expect, it, vi } from "vitest";
import { storeUpload } from "@/features/documents/service";
import { emblemOf } from "@/features/pictures/emblem-queries";
import { removeEmblem, saveEmblem } from "@/features/pictures/emblem-service";
import { freshDatabase } from "./database";

// Whoever asks for a file has not signed in.
vi.mock("@/lib/auth", () => ({ currentViewer: async () => undefined }));
const { GET } = await import("@/app/api/pictures/[municipality]/[file]/route");

const folder = mkdtempSync(join(tmpdir(), "cocity-emblem-"));
vi.stubEnv("COCITY_DATA", folder);
vi.stubEnv("CLAMAV_SOCKET", undefined);
afterAll(() => rm(folder, { recursive: true, force: true }));

const { db } = await freshDatabase();
const by = { municipality: "001272", person: "administrator" };
const torino = { istatCode: by.municipality, slug: "torino" };
await db.municipality.create({ data: { ...torino, name: "Torino", lat: 45, lon: 7.6, active: true } });

async function upload(width: number, height: number) {
  const background = { r: 0, g: 80, b: 160, alpha: 0.5 };
  const bytes = await sharp({ create: { width, height, channels: 4, background } })
    .png()
    .toBuffer();
  return storeUpload(by, { name: "stemma.png", stream: Readable.from([bytes]) });
}

async function keptFiles(): Promise<number> {
  const entries = await readdir(join(folder, "files"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

it("is cut to the header's height, sharp and transparent, changed, and removed with its files", async () => {
  await saveEmblem(by, "Stemma del Comune", await upload(300, 400));
  const emblem = await emblemOf(torino);
  expect(emblem).toMatchObject({ width: 48, height: 64, alternativeText: "Stemma del Comune" });
  const ask = (path = "") =>
    GET(new Request("http://x/"), {
      params: Promise.resolve({ municipality: "torino", file: path.split("/").at(-1) ?? "" }),
    });
  const sent = await ask(emblem?.srcTwice);
  // Of what is in memory no picture is read, as the service has it.
  const path = join(folder, "sent.webp");
  await writeFile(path, await sent.bytes());
  const { height, hasAlpha } = await sharp(path).metadata();
  expect({ height, hasAlpha }).toEqual({ height: 128, hasAlpha: true });
  await saveEmblem(by, "Lo stemma nuovo", await upload(128, 128));
  expect((await emblemOf({ ...torino }))?.alternativeText).toBe("Lo stemma nuovo");
  expect((await ask(emblem?.src)).status).toBe(404);
  expect(await keptFiles()).toBe(2);
  await removeEmblem(by.municipality);
  expect(await emblemOf({ ...torino })).toBeUndefined();
  expect(await keptFiles()).toBe(0);
  await expect(removeEmblem(by.municipality)).rejects.toThrow("picture_not_found");
});

it("that would be blurred is refused", async () => {
  await expect(saveEmblem(by, "Stemma", await upload(40, 40))).rejects.toThrow("emblem_too_small");
  expect(await db.municipalityEmblem.count()).toBe(0);
});
