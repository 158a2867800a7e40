import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import sharp from "sharp";
import { afterAll, expect, it, vi } from "vitest";
import type { Variant } from "@/components/pictures/picture";
import { forgetUploads, storeUpload } from "@/features/documents/service";
import { erasePerson } from "@/features/people/erasure-service";
import { passOnDraftPictures, publishDraftPictures } from "@/features/pictures/draft-service";
import { coversOf, pictureById, picturesOfCommons, picturesOfDraft } from "@/features/pictures/queries";
import { MOST_IN_DRAFT } from "@/features/pictures/rules";
import { addPicture, changePicture, removePicture, reportPicture } from "@/features/pictures/service";
import type { Viewer } from "@/lib/permissions";
import type { Role } from "@/protocol/primitives";
import { freshDatabase } from "./database";

const asks = vi.hoisted(() => ({ viewer: undefined as Viewer | undefined }));
vi.mock("@/lib/auth", () => ({ currentViewer: async () => asks.viewer }));
const { GET } = await import("@/app/api/pictures/[municipality]/[file]/route");

const folder = mkdtempSync(join(tmpdir(), "cocity-draft-pictures-"));
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
const stranger = viewer("stranger");

const words = {
  ...{ alternativeText: "Il cortile con due file di alberi", author: "Chi propone", takenOn: "2026-05-01" },
  ...{ license: "CC-BY-4.0", people: "none", consent: "", focus: "attention" as const },
};

/** A dossier that its author is writing. */
async function draft(): Promise<{ id: string; author: Viewer }> {
  const [id, author] = [randomUUID(), viewer(randomUUID())];
  await db.person.create({ data: { id: author.id, displayName: "Chi propone" } });
  await db.proposal.create({ data: { municipality, id, call: "c", slug: id, author: author.id } });
  return { id, author };
}

let made = 0;

async function add(by: Viewer, id: string): Promise<string> {
  made += 1;
  const background = { r: (made * 53) % 256, g: 90, b: (made * 17) % 256 };
  const photo = await sharp({ create: { width: 800, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const upload = await storeUpload(
    { municipality, person: by.id },
    { name: "foto.jpg", stream: Readable.from([photo]) },
  );
  const about = { type: "draft", id, moment: null } as const;
  const command = randomUUID();
  return addPicture({ municipality, viewer: by }, about, words, upload, { command, field: "file" });
}

async function ask(picture: string, by?: Viewer): Promise<{ status: number; cache: string | null }> {
  const row = await db.picture.findUniqueOrThrow({ where: { id: picture } });
  const [first] = row.variants as Variant[];
  asks.viewer = by;
  const answer = await GET(new Request("http://localhost/"), {
    params: Promise.resolve({ municipality: "torino", file: `${first?.hash}.${first?.format}` }),
  });
  await answer.body?.cancel();
  return { status: answer.status, cache: answer.headers.get("cache-control") };
}

it("of a draft only its author sees; of a submitted one the offices too; of a published one everybody", async () => {
  const { id, author } = await draft();
  const picture = await add(author, id);
  const seen = async () => {
    const statuses: number[] = [];
    for (const by of [author, officer, stranger, undefined]) statuses.push((await ask(picture, by)).status);
    return statuses;
  };
  const listed = async () =>
    (
      await Promise.all(
        [author, officer, stranger, undefined].map((by) => picturesOfDraft(municipality, id, by)),
      )
    ).map((list) => list.length);
  expect([await seen(), await listed()]).toEqual([
    [200, 404, 404, 404],
    [1, 0, 0, 0],
  ]);
  expect((await ask(picture, author)).cache).toBe("no-store");
  expect(await pictureById(municipality, picture, officer)).toBeNull();
  await db.proposal.update({
    where: { municipality_id: { municipality, id } },
    data: { submittedAt: new Date() },
  });
  expect([await seen(), await listed()]).toEqual([
    [200, 200, 404, 404],
    [1, 1, 0, 0],
  ]);
  const commons = randomUUID();
  await db.$transaction((tx) => publishDraftPictures(tx, municipality, id, commons));
  expect(await seen()).toEqual([200, 200, 200, 200]);
  expect((await ask(picture)).cache).toContain("immutable");
  expect((await picturesOfCommons(municipality, commons)).map((one) => one.about)).toEqual([
    { type: "proposal", id },
  ]);
  expect((await coversOf(municipality, [commons])).get(commons)?.id).toBe(picture);
});

it("is added by the author alone, while it is written, and only so many", async () => {
  const { id, author } = await draft();
  for (const by of [officer, stranger])
    await expect(add(by, id)).rejects.toMatchObject({ code: "picture_not_here" });
  await add(author, id);
  await db.picture.createMany({
    data: Array.from({ length: MOST_IN_DRAFT - 1 }, () => ({
      ...{ id: randomUUID(), municipality, aboutType: "draft", aboutId: id, ...words },
      uploadedBy: author.id,
    })),
  });
  await expect(add(author, id)).rejects.toMatchObject({ code: "too_many_pictures" });
  const submitted = await draft();
  await db.outboxItem.create({
    data: {
      ...{ id: randomUUID(), municipality, transaction: "proposals:submit", status: "queued" },
      ...{ subjectType: "proposal", subjectId: submitted.id, input: {}, orderKey: "x" },
      ...{ person: submitted.author.id, organisation: "Case", role: "resident", by: "resident" },
    },
  });
  await expect(add(submitted.author, submitted.id)).rejects.toMatchObject({ code: "picture_not_here" });
});

it("is changed and removed by its author, not by an office, and nobody can report it", async () => {
  const { id, author } = await draft();
  const picture = await add(author, id);
  const by = (who: Viewer) => ({ municipality, viewer: who });
  await expect(changePicture(by(officer), picture, words)).rejects.toMatchObject({ code: "not_allowed" });
  await expect(reportPicture(by(stranger), picture, "other", "", randomUUID())).rejects.toMatchObject({
    code: "picture_not_found",
  });
  await changePicture(by(author), picture, { ...words, focus: "south" });
  // Who writes the draft along may change it as well, and is no stranger to it any more.
  expect(await pictureById(municipality, picture, stranger)).toBeNull();
  await expect(changePicture(by(stranger), picture, words)).rejects.toMatchObject({ code: "not_allowed" });
  await db.coAuthor.create({ data: { municipality, proposal: id, person: stranger.id } });
  expect(await pictureById(municipality, picture, stranger)).toMatchObject({ own: true });
  await changePicture(by(stranger), picture, words);
  await db.coAuthor.deleteMany();
  expect([(await ask(picture, author)).status, (await ask(picture, stranger)).status]).toEqual([200, 404]);
  await removePicture(by(author), picture, "other", "");
  expect(await picturesOfDraft(municipality, id, author)).toEqual([]);
  expect(await db.attachment.count({ where: { aboutId: picture } })).toBe(0);
});

it("goes along when a draft is handed over, and with a draft that is erased", async () => {
  const { id, author } = await draft();
  const picture = await add(author, id);
  const receiver = (await draft()).author;
  const hashes = (await db.attachment.findMany({ where: { aboutId: picture } })).map(({ hash }) => hash);
  expect(hashes.length).toBeGreaterThan(5);
  await db.$transaction(async (tx) => {
    await passOnDraftPictures(tx, municipality, id, receiver.id);
    await tx.proposal.update({
      where: { municipality_id: { municipality, id } },
      data: { author: receiver.id },
    });
  });
  expect([(await ask(picture, author)).status, (await ask(picture, receiver)).status]).toEqual([404, 200]);
  await erasePerson(receiver.id);
  expect(await db.picture.count({ where: { id: picture } })).toBe(0);
  await forgetUploads(new Date(Date.now() + 48 * 3600_000));
  expect(await db.storedFile.count({ where: { hash: { in: hashes } } })).toBe(0);
  expect(await db.attachment.count({ where: { aboutId: picture } })).toBe(0);
});
