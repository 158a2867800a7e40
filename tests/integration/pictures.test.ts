import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import sharp from "sharp";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Variant } from "@/components/pictures/picture";
import { forgetUploads, storeUpload } from "@/features/documents/service";
import { erasePerson } from "@/features/people/erasure-service";
import { coversOf, pictureById, proposalPictures, waitingReports } from "@/features/pictures/queries";
import { MOST_PICTURES } from "@/features/pictures/rules";
import { addPictureSchema } from "@/features/pictures/schema";
import {
  addPicture,
  changePicture,
  keepPicture,
  removePicture,
  reportPicture,
} from "@/features/pictures/service";
import type { Viewer } from "@/lib/permissions";
import type { Role } from "@/protocol/primitives";
import { freshDatabase } from "./database";

// Whoever asks for a file has not signed in.
vi.mock("@/lib/auth", () => ({ currentViewer: async () => undefined }));
const { GET } = await import("@/app/api/pictures/[municipality]/[file]/route");

const folder = mkdtempSync(join(tmpdir(), "cocity-pictures-"));
vi.stubEnv("COCITY_DATA", folder);
vi.stubEnv("CLAMAV_SOCKET", undefined);
vi.stubEnv("KEY_ENCRYPTION_KEY", "11".repeat(32));
afterAll(() => rm(folder, { recursive: true, force: true }));

const { db } = await freshDatabase();
const municipality = "001272";
await db.municipality.create({
  data: { istatCode: municipality, slug: "torino", name: "Torino", lat: 45, lon: 7.6, active: true },
});

function viewer(id: string, role?: Role): Viewer {
  const roles = role ? [{ municipality, organisation: "Comune" as const, role }] : [];
  return { id, name: id, language: "it", roles };
}
const officer = viewer("officer", "responsible_officer");
const other = viewer("other", "administrator");
const proponent = viewer("proponent");
const stranger = viewer("stranger");

const words = {
  ...{ alternativeText: "Il cortile con due file di alberi", author: "Ufficio", takenOn: "2026-05-01" },
  ...{ license: "CC-BY-4.0", people: "none", consent: "", focus: "attention" as const },
};

async function place(state = "admitted", published = true): Promise<{ commons: string; proposal: string }> {
  const [commons, proposal] = [randomUUID(), randomUUID()];
  const salt = "s".repeat(64);
  await db.commons.create({
    data: {
      ...{ municipality, id: commons, slug: commons, name: "Cortile", kind: "square", salt, createdBy: "x" },
      publishedAt: published ? new Date() : null,
    },
  });
  await db.chainProposal.create({
    data: {
      ...{
        municipality,
        id: proposal,
        call: "c",
        commons,
        subject: "s",
        representative: proponent.id,
        state,
      },
      ...{ version: 1, digest: "d".repeat(64), costCents: 1n, submittedOn: "2026-01-01", record: {} },
      ...{ transactionId: "e".repeat(64), block: 1n },
    },
  });
  return { commons, proposal };
}

let made = 0;

/** A photograph held sideways, as a camera writes it; no two have the same colour, and so the same bytes. */
async function photograph(width = 1600, height = 1200): Promise<Buffer> {
  made += 1;
  return sharp({
    create: { width, height, channels: 3, background: { r: (made * 37) % 256, g: (made * 91) % 256, b: 60 } },
  })
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Make: "PROVA-CAM" } })
    .jpeg()
    .toBuffer();
}

async function add(by: Viewer, about: { type: "commons" | "proposal"; id: string }, bytes?: Buffer) {
  const photo = bytes ?? (await photograph());
  const stream = Readable.from([photo]);
  const upload = await storeUpload({ municipality, person: by.id }, { name: "foto.jpg", stream });
  const target = { ...about, moment: null };
  return addPicture({ municipality, viewer: by }, target, words, upload, {
    command: randomUUID(),
    field: "file",
  });
}

it("of several that are added at once, only as many are taken as there is room for", async () => {
  const { commons } = await place();
  await db.picture.createMany({
    data: Array.from({ length: MOST_PICTURES - 1 }, () => ({
      ...{ id: randomUUID(), municipality, aboutType: "commons", aboutId: commons, commons },
      ...{ alternativeText: "Cortile", author: "Ufficio", takenOn: "2026-05-01", license: "CC-BY-4.0" },
      ...{ people: "none", focus: "attention", uploadedBy: officer.id },
    })),
  });
  const about = { type: "commons", id: commons } as const;
  await add(officer, { type: "commons", id: (await place()).commons });
  const before = await filesOnDisk();
  const results = await Promise.allSettled([1, 2, 3].map(() => add(officer, about)));
  const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(refused).toMatchObject([{ code: "too_many_pictures" }, { code: "too_many_pictures" }]);
  expect(await db.picture.count({ where: { commons } })).toBe(MOST_PICTURES);
  await forgetUploads(new Date(Date.now() + 48 * 3600_000));
  const one = await db.picture.findFirstOrThrow({ where: { commons, variants: { not: [] } } });
  expect(await filesOnDisk()).toBe(before + new Set(await filesOf(one.id)).size);
});

async function filesOf(picture: string): Promise<string[]> {
  const rows = await db.attachment.findMany({ where: { municipality, aboutId: picture } });
  return rows.map(({ hash }) => hash);
}

/** The site opens no picture of these kinds from memory; the test does. */
function openAnyPicture(): void {
  sharp.unblock({ operation: ["VipsForeignLoad"] });
}

async function variantsOf(id: string): Promise<Variant[]> {
  return (await db.picture.findUniqueOrThrow({ where: { id } })).variants as Variant[];
}

async function filesOnDisk(): Promise<number> {
  const found = await readdir(join(folder, "files"), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).length;
}

function ask(file: string, slug = "torino"): Promise<Response> {
  return GET(new Request("http://localhost/"), { params: Promise.resolve({ municipality: slug, file }) });
}

describe("adding a picture", () => {
  it("makes every crop in the formats and widths that are used, upright and without what the camera wrote", async () => {
    const { commons } = await place();
    const variants = await variantsOf(await add(officer, { type: "commons", id: commons }));
    const sizes = variants.map(({ crop, format, width, height }) => `${crop} ${format} ${width}×${height}`);
    openAnyPicture();
    expect(sizes.sort()).toEqual(
      [
        ...["avif", "webp"].flatMap((format) => [
          `wide ${format} 320×180`,
          `wide ${format} 640×360`,
          `wide ${format} 1200×675`,
        ]),
        ...["avif", "webp"].flatMap((format) => [`square ${format} 160×160`, `square ${format} 320×320`]),
        ...["wide jpg 640×360", "square jpg 320×320", "share jpg 1200×630", "whole jpg 1200×1600"],
      ].sort(),
    );
    for (const { hash, format, width, height } of variants) {
      const answer = await ask(`${hash}.${format}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
      expect(bytes.includes("PROVA-CAM")).toBe(false);
      const metadata = await sharp(bytes).metadata();
      expect(metadata).toMatchObject({ width, height });
      expect(metadata.exif).toBeUndefined();
    }
  });

  it("is for the offices, and for whoever has made the published proposal", async () => {
    const { commons, proposal } = await place();
    await add(proponent, { type: "proposal", id: proposal });
    for (const [by, about] of [
      [proponent, { type: "commons", id: commons }],
      [stranger, { type: "commons", id: commons }],
      [stranger, { type: "proposal", id: proposal }],
    ] as const)
      await expect(add(by, about)).rejects.toMatchObject({ code: "picture_not_here" });
  });

  it("is for nothing that is not public yet, nor of another municipality", async () => {
    const submitted = await place("submitted");
    const hidden = await place("admitted", false);
    for (const about of [
      { type: "proposal", id: submitted.proposal },
      { type: "proposal", id: hidden.proposal },
      { type: "commons", id: hidden.commons },
      { type: "commons", id: randomUUID() },
    ] as const)
      await expect(add(officer, about)).rejects.toMatchObject({ code: "picture_not_here" });
    const elsewhere: Viewer = {
      ...officer,
      roles: [{ municipality: "001001", organisation: "Comune", role: "administrator" }],
    };
    const { commons } = await place();
    await expect(add(elsewhere, { type: "commons", id: commons })).rejects.toMatchObject({
      code: "picture_not_here",
    });
  });

  it("leaves nothing of a photograph that is too small, or of a file that is none", async () => {
    const { commons } = await place();
    const before = await db.attachment.count({ where: { aboutType: "picture_variant" } });
    await expect(
      add(officer, { type: "commons", id: commons }, await photograph(300, 200)),
    ).rejects.toMatchObject({ code: "picture_too_small", fields: { file: "picture_too_small" } });
    expect(await db.attachment.count({ where: { aboutType: "picture_variant" } })).toBe(before);
    expect(await db.picture.count({ where: { commons } })).toBe(0);
  });

  it("asks who agreed where somebody can be recognised, and always what it shows", () => {
    const form = { target: "commons:x", command: randomUUID(), ...words };
    expect(addPictureSchema.safeParse(form).success).toBe(true);
    const refused = (changes: object) => addPictureSchema.safeParse({ ...form, ...changes }).error?.issues[0];
    expect(refused({ people: "consenting" })).toMatchObject({ path: ["consent"], message: "consent_needed" });
    expect(refused({ alternativeText: " " })?.path).toEqual(["alternativeText"]);
    expect(refused({ target: "upload:x" })?.path[0]).toBe("target");
    expect(refused({ takenOn: "2999-01-01" })?.path).toEqual(["takenOn"]);
  });
});

describe("the picture that is shown", () => {
  it("of a proposal is its own, and else its commons'", async () => {
    const { commons, proposal } = await place();
    const general = await add(officer, { type: "commons", id: commons });
    const asked = [{ id: proposal, commons }];
    expect((await proposalPictures(municipality, asked)).get(proposal)?.id).toBe(general);
    const own = await add(proponent, { type: "proposal", id: proposal });
    expect((await proposalPictures(municipality, asked)).get(proposal)?.id).toBe(own);
    expect((await coversOf(municipality, [commons])).get(commons)?.id).toBe(general);
    expect((await coversOf("001001", [commons])).size).toBe(0);
  });

  it("is cut anew around another part, and its files from before are shown no more", async () => {
    const { commons } = await place();
    openAnyPicture();
    const wide = await sharp(await photograph(1200, 1200))
      .composite([
        {
          input: { create: { width: 1200, height: 200, channels: 3, background: "white" } },
          top: 0,
          left: 0,
        },
      ])
      .jpeg()
      .toBuffer();
    const id = await add(officer, { type: "commons", id: commons }, wide);
    const before = await variantsOf(id);
    const files = await filesOnDisk();
    await changePicture({ municipality, viewer: officer }, id, { ...words, focus: "south" });
    const after = await variantsOf(id);
    const gone = before.filter(({ hash }) => !after.some((kept) => kept.hash === hash));
    expect(gone.length).toBeGreaterThan(0);
    expect(await filesOnDisk()).toBe(files);
    for (const { hash, format } of gone) expect((await ask(`${hash}.${format}`)).status).toBe(404);
  });
});

describe("a picture whose consent is withdrawn", () => {
  it("goes at once with all its files and words; that it was there and why it went is kept", async () => {
    const { commons } = await place();
    const before = await filesOnDisk();
    const id = await add(officer, { type: "commons", id: commons });
    await reportPicture({ municipality, viewer: stranger }, id, "recognisable", "Sono io", randomUUID());
    const variants = await variantsOf(id);
    await removePicture({ municipality, viewer: other }, id, "consent_withdrawn", "Telefonata");
    expect(await filesOnDisk()).toBe(before);
    for (const { hash, format } of variants) {
      const answer = await ask(`${hash}.${format}`);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([404, "no-store"]);
    }
    expect(await db.picture.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ alternativeText: "", author: "", consent: "", variants: [] },
      ...{ removedBy: other.id, removalReason: "consent_withdrawn" },
    });
    expect(await pictureById(municipality, id, undefined)).toEqual({ removedFor: "consent_withdrawn" });
    expect((await coversOf(municipality, [commons])).size).toBe(0);
    expect(await db.pictureReport.findFirstOrThrow({ where: { picture: id } })).toMatchObject({
      decision: "removed",
    });
  });

  it("is removed by who added it or by an office, and by nobody else", async () => {
    const { proposal } = await place();
    const id = await add(proponent, { type: "proposal", id: proposal });
    await expect(removePicture({ municipality, viewer: stranger }, id, "other", "")).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(
      removePicture({ municipality: "001001", viewer: officer }, id, "other", ""),
    ).rejects.toMatchObject({ code: "picture_not_found" });
    await removePicture({ municipality, viewer: proponent }, id, "rights", "");
    await expect(removePicture({ municipality, viewer: proponent }, id, "rights", "")).rejects.toMatchObject({
      code: "picture_not_found",
    });
  });

  it("keeps the bytes that another picture has too", async () => {
    const [first, second] = [await place(), await place()];
    const bytes = await photograph();
    const a = await add(officer, { type: "commons", id: first.commons }, bytes);
    const b = await add(officer, { type: "commons", id: second.commons }, bytes);
    await removePicture({ municipality, viewer: officer }, a, "other", "");
    for (const { hash, format } of await variantsOf(b))
      expect((await ask(`${hash}.${format}`)).status).toBe(200);
  });
});

describe("a report", () => {
  it("waits once for each person, and is decided by somebody who did not add the picture", async () => {
    const { commons } = await place();
    const id = await add(officer, { type: "commons", id: commons });
    const by = { municipality, viewer: stranger };
    await reportPicture(by, id, "other", "Una volta", randomUUID());
    await reportPicture(by, id, "rights", "Due volte", randomUUID());
    const waiting = (await waitingReports(municipality, other)).filter(({ picture }) => picture.id === id);
    expect(waiting).toMatchObject([{ reason: "rights", text: "Due volte" }]);
    expect(await waitingReports(municipality, stranger)).toEqual([]);
    const report = waiting[0]?.id ?? "";
    await expect(keepPicture({ municipality, viewer: officer }, report, "Va bene")).rejects.toMatchObject({
      code: "report_on_own_picture",
    });
    await keepPicture({ municipality, viewer: other }, report, "Va bene");
    await expect(keepPicture({ municipality, viewer: other }, report, "Va bene")).rejects.toMatchObject({
      code: "report_decided",
    });
  });

  it("goes with the person who wrote it", async () => {
    const { id: person } = await db.person.create({ data: { fiscalNumberHash: "9".repeat(64) } });
    const { commons } = await place();
    const picture = await add(officer, { type: "commons", id: commons });
    await reportPicture({ municipality, viewer: viewer(person) }, picture, "other", "", randomUUID());
    await erasePerson(person);
    expect(await db.pictureReport.count({ where: { reporter: person } })).toBe(0);
  });
});

it("files of pictures stay when uploads that came to no use are swept", async () => {
  const { commons } = await place();
  const id = await add(officer, { type: "commons", id: commons });
  await forgetUploads(new Date(Date.now() + 7 * 24 * 3600_000));
  for (const { hash, format } of await variantsOf(id))
    expect((await ask(`${hash}.${format}`)).status).toBe(200);
});
