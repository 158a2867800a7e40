import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { discardUpload, forgetUploads, storeUpload, type Uploader } from "@/features/documents/service";
import { freshDatabase } from "./database";

const folder = await mkdtemp(join(tmpdir(), "cocity-uploads-"));
process.env.COCITY_DATA = folder;
const { db } = await freshDatabase();
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  await db.attachment.deleteMany();
  await db.storedFile.deleteMany();
  await db.uploadPlace.deleteMany();
  await rm(join(folder, "files"), { recursive: true, force: true });
});

const who = { municipality: "001272", person: "person-1" };
const pdf = (content: string | number) =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n% ${content}\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`,
  );
const store = (bytes: Buffer, uploader: Uploader = who, name = "prova.pdf") =>
  storeUpload(uploader, { name, stream: Readable.from([bytes]), announced: bytes.length });

/** Hashes of what lies on the disk, and how many files are half received. */
async function onDisk(): Promise<{ hashes: string[]; incoming: number }> {
  const found = await readdir(join(folder, "files"), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const files = found.filter((entry) => entry.isFile());
  const isIncoming = (parent: string) => parent.endsWith("incoming");
  return {
    hashes: files
      .filter(({ parentPath }) => !isIncoming(parentPath))
      .map(({ parentPath, name }) => parentPath.slice(-2) + name)
      .sort(),
    incoming: files.filter(({ parentPath }) => isIncoming(parentPath)).length,
  };
}

const inRows = async () => [...new Set((await db.storedFile.findMany()).map(({ hash }) => hash))].sort();
const nothing = { hashes: [], incoming: 0 };

describe("a person's uploads", () => {
  it("are no more than there are places, however many are sent at once", async () => {
    const sent = await Promise.allSettled(Array.from({ length: 60 }, (_, number) => store(pdf(number))));
    const refused = sent.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(20);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: "too_many_uploads" } });
    expect(await db.attachment.count()).toBe(40);
    expect(await onDisk()).toEqual({ hashes: await inRows(), incoming: 0 });
    expect((await inRows()).length).toBe(40);
    expect(await db.uploadPlace.count()).toBe(0);
    await store(pdf("of somebody else"), { ...who, person: "person-2" });
  });

  it("leave neither bytes, rows nor places where they are refused, break off, or cannot be written down", async () => {
    const docx = "document.docx";
    const cut = Buffer.concat([Buffer.from("PK\u0003\u0004\u0014\0\0\0\0\0", "latin1"), Buffer.alloc(40)]);
    const broken = Readable.from(
      (async function* () {
        yield pdf("half");
        throw new Error("the connection is gone");
      })(),
    );
    const attempts = [
      () => store(cut, who, docx),
      () => store(Buffer.alloc(0)),
      () => store(Buffer.from("no document")),
      () => store(Buffer.concat([pdf(1), Buffer.alloc(10_000_001)])),
      () => storeUpload(who, { name: "a.pdf", stream: broken }),
      () => storeUpload(who, { name: "a.pdf", stream: Readable.from([pdf(2)]), announced: 10_000 }),
      // Too long for its column: the rows come to nothing after the bytes are in their place.
      () => store(pdf(3), { ...who, municipality: "001272-too-long" }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow();
    expect(await onDisk()).toEqual(nothing);
    expect([await db.attachment.count(), await db.storedFile.count(), await db.uploadPlace.count()]).toEqual([
      0, 0, 0,
    ]);
  });

  it("are gone with their bytes once they are discarded, unless others hold the same", async () => {
    const [mine, theirs] = [await store(pdf(1)), await store(pdf(1), { ...who, municipality: "001001" })];
    await discardUpload({ ...who, person: "person-2" }, mine.id);
    expect(await db.attachment.count()).toBe(2);
    await discardUpload(who, mine.id);
    expect(await onDisk()).toEqual({ hashes: [theirs.hash], incoming: 0 });
    await discardUpload({ ...who, municipality: "001001" }, theirs.id);
    expect(await onDisk()).toEqual(nothing);
  });

  it("never have a row without bytes or bytes without a row, in whatever order the same file comes and goes", async () => {
    const rounds = Array.from({ length: 24 }, async (_, number) => {
      const uploader = { ...who, person: `person-${number}` };
      const kept = await store(pdf("the same"), uploader).catch(() => undefined);
      if (kept && number % 2 === 0) await discardUpload(uploader, kept.id);
      return kept !== undefined && number % 2 === 1;
    });
    const stays = (await Promise.all(rounds)).includes(true);
    expect(await onDisk()).toEqual({ hashes: await inRows(), incoming: 0 });
    // A busy machine may refuse some of so many at once, and then it is as if they had not come.
    expect(await inRows()).toHaveLength(stays ? 1 : 0);
  });

  it("that a process left when it was killed are swept an hour later, with their places", async () => {
    const { hash } = await store(pdf("kept"));
    const left = join(folder, "files", "incoming", "left");
    await writeFile(left, "half");
    const late = new Date(Date.now() + 2 * 3600_000);
    await db.uploadPlace.create({ data: who });
    await forgetUploads();
    expect((await onDisk()).incoming).toBe(1);
    expect(await db.uploadPlace.count()).toBe(1);
    await forgetUploads(late);
    expect(await onDisk()).toEqual({ hashes: [hash], incoming: 0 });
    expect(await db.uploadPlace.count()).toBe(0);
    await utimes(join(folder, "files", hash.slice(0, 2), hash.slice(2)), new Date(0), new Date(0));
    await db.attachment.deleteMany();
    await db.storedFile.deleteMany();
    await forgetUploads(late);
    expect(await onDisk()).toEqual(nothing);
  });
});
