import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import sharp from "sharp";
import { getDocumentProxy } from "unpdf";
import { afterAll, describe, expect, it, vi } from "vitest";
import { careOf } from "@/features/commons/care-queries";
import { read } from "@/features/documents/disk";
import { attachmentsOf, readableFile } from "@/features/documents/queries";
import { forgetUploads, storeUpload } from "@/features/documents/service";
import type { PactDocument } from "@/features/pacts/pdf";
import { pactBySlug } from "@/features/pacts/queries";
import { issueVersion } from "@/features/pacts/service";
import type { Pact } from "@/generated/prisma/client";
import type { Viewer } from "@/lib/permissions";
import type { Actor } from "@/protocol/primitives";
import { freshDatabase } from "./database";

const folder = mkdtempSync(join(tmpdir(), "cocity-documents-"));
vi.stubEnv("COCITY_DATA", folder);
vi.stubEnv("CLAMAV_SOCKET", undefined);
afterAll(() => rm(folder, { recursive: true, force: true }));

const { db } = await freshDatabase();
const municipality = "001272";
const actor: Actor = { municipality, person: "coordinator", organisation: "Case", role: "coordinator" };
const uploader = { municipality, person: "coordinator" };

async function filesOnDisk(): Promise<number> {
  const found = await readdir(join(folder, "files"), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return found.filter((entry) => entry.isFile()).length;
}

describe("an upload", () => {
  it("of a photo is kept, and named by its hash, as it was made anew", async () => {
    const photo = await sharp({ create: { width: 80, height: 40, channels: 3, background: "green" } })
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Make: "PROVA-CAM" } })
      .jpeg()
      .toBuffer();
    const file = { name: "foto orto.JPG", stream: Readable.from([photo]), announced: photo.length };
    const uploaded = await storeUpload(uploader, file);
    const kept = await read(uploaded.hash);
    const chunks = await kept?.stream.toArray();
    const bytes = Buffer.concat(chunks as Buffer[]);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(uploaded.hash);
    expect(bytes.includes("PROVA-CAM")).toBe(false);
    const row = await db.attachment.findUniqueOrThrow({
      where: { id: uploaded.id },
      include: { file: true },
    });
    expect(row.file).toMatchObject({ hash: uploaded.hash, size: bytes.length, mediaType: "image/jpeg" });
  });

  it("that is refused leaves no row and no bytes", async () => {
    const before = { rows: await db.attachment.count(), files: await filesOnDisk() };
    const locked = Buffer.from("%PDF-1.4\ntrailer\n<< /Encrypt << /V 1 >> >>\n%%EOF\n");
    await expect(
      storeUpload(uploader, { name: "cifrato.pdf", stream: Readable.from([locked]) }),
    ).rejects.toMatchObject({ code: "file_protected" });
    expect({ rows: await db.attachment.count(), files: await filesOnDisk() }).toEqual(before);
  });
});

describe("a version of a pact", () => {
  const words = (pact: Pact, version: number): PactDocument => ({
    ...{ municipality: "Comune di prova", title: pact.title, version, language: "it", footer: "Versione" },
    facts: [],
    page: { words: "In rete", address: "http://localhost:3000/x" },
    parties: { heading: "Le parti", names: (pact.parties as { name: string }[]).map(({ name }) => name) },
    sections: Object.entries(pact.content as Record<string, string>).map(([heading, text]) => ({
      heading,
      text,
    })),
  });

  async function draft(name: string, actions = "½ m² ≤ 3 → fine ✓"): Promise<string> {
    const id = randomUUID();
    const content = { objectives: "Verde", actions, roles: "Tutti", duties: "Cura" };
    await db.pact.create({
      data: {
        ...{
          municipality,
          id,
          slug: id,
          proposal: randomUUID(),
          commons: "c",
          title: "Patto di prova",
          form: "ordinary",
        },
        ...{ content, startsOn: "2026-12-01", endsOn: "2027-12-01", createdBy: actor.person },
        parties: [
          { id: "party-1", name: "Comune di prova", organisation: "Comune" },
          { id: "party-2", name, subject: randomUUID() },
        ],
      },
    });
    return id;
  }

  it("is not issued with a character that cannot be printed: the part and the character are named", async () => {
    const before = { rows: await db.attachment.count(), files: await filesOnDisk() };
    for (const [id, part] of [
      [await draft("漢字"), "Le parti"],
      [await draft("Associazione di prova", "Piantare 🌳"), "actions"],
    ] as const) {
      const issued = issueVersion(actor, id, words, randomUUID());
      await expect(issued).rejects.toMatchObject({ code: "characters_not_printable", params: { part } });
      expect(await db.pactVersion.count({ where: { pact: id } })).toBe(0);
    }
    expect(await db.outboxItem.count()).toBe(0);
    expect({ rows: await db.attachment.count(), files: await filesOnDisk() }).toEqual(before);
  });

  it("is issued as a PDF from which the names can be read as they were typed", async () => {
    const id = await draft("Nguyễn Thị Hương e Aglie\u0300");
    await issueVersion(actor, id, words, randomUUID());
    const { documentHash } = await db.pactVersion.findFirstOrThrow({ where: { pact: id } });
    const bytes = await readFile(join(folder, "files", documentHash.slice(0, 2), documentHash.slice(2)));
    const page = await (await getDocumentProxy(new Uint8Array(bytes))).getPage(1);
    const { items } = await page.getTextContent({ disableNormalization: true });
    const text = items.map((item) => ("str" in item ? item.str : "")).join("");
    expect(text).toContain("Nguyễn Thị Hương e Agliè");
    expect(text).toContain("½ m² ≤ 3 → fine ✓");
  });

  const written = { municipality, transactionId: "0".repeat(64), block: 1n };
  const endsOn = "2027-12-01";

  /** The pact as the projection writes it once the act of a version is on the ledger. */
  async function recorded(id: string, version: number, documentHash: string, state = "draft"): Promise<void> {
    const { proposal, commons, renews } = await db.pact.findFirstOrThrow({ where: { id } });
    const record = {
      ...{ version, documentHash, signatures: [] },
      parties: [
        { id: "party-1", organisation: "Comune" },
        { id: "party-2", subject: "the-group" },
      ],
    };
    const term = { startsOn: "2026-12-01", endsOn };
    const data = {
      ...{ ...written, ...term, id, proposal, commons, form: "ordinary", state, version },
      ...{ documentHash, renews, record },
    };
    const where = { municipality_id: { municipality, id } };
    await db.chainPact.upsert({ where, create: data, update: data });
    await db.chainPactVersion.create({
      data: {
        ...{ ...written, ...term, id: `${id}/000${version}`, pact: id, commons, version, documentHash },
        ...{ draftedOn: "2026-11-30", record: {} },
      },
    });
  }

  async function rewrite(id: string, actions: string): Promise<void> {
    const content = { objectives: "Verde", actions, roles: "Tutti", duties: "Cura" };
    const parties = [
      { id: "party-1", name: "Comune di prova", organisation: "Comune" },
      { id: "party-2", name: `Chi promette: ${actions}`, subject: "the-group" },
    ];
    await db.pact.update({ where: { municipality_id: { municipality, id } }, data: { content, parties } });
  }

  it("is read with the words of the very document that is signed, whatever was issued before and not signed", async () => {
    const id = await draft("Chi promette: primo", "primo");
    const numbers: number[] = [];
    const issue = async (): Promise<string> => {
      const before = await db.pactVersion.findMany({ where: { pact: id } });
      const noted = (pact: Pact, version: number) => {
        numbers.push(version);
        return words(pact, version);
      };
      await issueVersion(actor, id, noted, randomUUID());
      const after = await db.pactVersion.findMany({ where: { pact: id } });
      return after.find(({ version }) => !before.some((one) => one.version === version))?.documentHash ?? "";
    };
    const unsigned = await issue();
    await rewrite(id, "secondo");
    const signed = await issue();
    expect(numbers).toEqual([1, 1]);
    const acts = await db.outboxItem.findMany({
      where: { subjectId: id },
      orderBy: { sequence: "asc" },
      select: { status: true, errorCode: true },
    });
    expect(acts).toEqual([
      { status: "failed", errorCode: "put_aside" },
      { status: "to_sign", errorCode: null },
    ]);

    await recorded(id, 1, signed);
    const page = () => pactBySlug({ istatCode: municipality, slug: "torino" }, id, undefined);
    expect(await page()).toMatchObject({
      content: { actions: "secondo" },
      parties: [{ name: "Comune di prova" }, { name: "Chi promette: secondo" }],
      versions: [{ version: 1, documentHash: signed, href: expect.stringContaining("/") }],
    });
    expect(JSON.stringify(await page())).not.toContain(unsigned);
    await recordedAs(id, "signed");
    expect((await careOf(municipality, "c"))?.names).toEqual(["Chi promette: secondo"]);

    await recordedAs(id, "draft");
    await rewrite(id, "terzo");
    const revised = await issue();
    expect(numbers).toEqual([1, 1, 2]);
    // Until it is on the ledger the page is that of the version before.
    expect(await page()).toMatchObject({ content: { actions: "secondo" }, versions: [{ version: 1 }] });
    await recorded(id, 2, revised);
    expect(await page()).toMatchObject({
      content: { actions: "terzo" },
      versions: [
        { version: 2, documentHash: revised },
        { version: 1, documentHash: signed },
      ],
    });
  });

  async function recordedAs(id: string, state: string): Promise<void> {
    await db.chainPact.update({ where: { municipality_id: { municipality, id } }, data: { state } });
  }

  it.each([
    ["active", "renews"],
    ["expired", "renews"],
    ["terminated", "is issued alone"],
    ["withdrawn", "is issued alone"],
    ["renewed", "is issued alone"],
    ["suspended", "waits"],
  ])("of the pact that renews one that is %s %s", async (state, outcome) => {
    const earlier = await draft("Associazione di prova");
    await recorded(earlier, 1, "a".repeat(64), state);
    const id = await draft("Associazione di prova");
    await db.pact.update({ where: { municipality_id: { municipality, id } }, data: { renews: earlier } });
    const files = await filesOnDisk();
    const issued = issueVersion(actor, id, words, randomUUID());
    if (outcome === "waits") {
      await expect(issued).rejects.toMatchObject({ code: "pact_moved_on", params: { state } });
      expect(await filesOnDisk()).toBe(files);
      return;
    }
    await issued;
    const renews = outcome === "renews" ? earlier : null;
    const { input } = await db.outboxItem.findFirstOrThrow({ where: { subjectId: id } });
    expect((input as { renews?: string }).renews ?? null).toBe(renews);
    expect(await db.pact.findFirst({ where: { id } })).toMatchObject({ renews });
  });
});

it("of a draft is read by whoever writes it, and by the offices once it is handed in", async () => {
  const id = randomUUID();
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .jpeg()
    .toBuffer();
  const resident = { municipality, person: "resident" };
  const file = { name: "orto.jpg", stream: Readable.from([photo]), announced: photo.length };
  const { id: attachment } = await storeUpload(resident, file);
  await db.attachment.update({ where: { id: attachment }, data: { aboutType: "proposal", aboutId: id } });
  await db.proposal.create({
    data: { municipality, id, call: "call", slug: id, author: "resident", title: "Orto" },
  });
  const office = { municipality, organisation: "Comune", role: "responsible_officer" } as const;
  const viewer = (person: string, roles: Viewer["roles"] = []) => ({ id: person, roles }) as Viewer;
  const read = async (by: Viewer) => {
    const listed = await attachmentsOf(
      { istatCode: municipality, slug: "torino" },
      { type: "proposal", id },
      by,
    );
    return [(await readableFile(municipality, attachment, by)) !== undefined, listed.length];
  };
  expect(await read(viewer("resident"))).toEqual([true, 1]);
  expect(await read(viewer("neighbour"))).toEqual([false, 0]);
  expect(await read(viewer("officer", [office]))).toEqual([false, 0]);
  await db.proposal.update({
    where: { municipality_id: { municipality, id } },
    data: { submittedAt: new Date() },
  });
  expect(await read(viewer("officer", [office]))).toEqual([true, 1]);
  expect(await read(viewer("neighbour"))).toEqual([false, 0]);
});

it("forgets what was uploaded and put to no use, with its bytes", async () => {
  const plain = Buffer.from("%PDF-1.4\n1 0 obj\n<< >>\nendobj\n%%EOF\n");
  const { id, hash } = await storeUpload(uploader, { name: "a.pdf", stream: Readable.from([plain]) });
  await forgetUploads(new Date(Date.now() + 25 * 3600_000));
  expect(await db.attachment.count({ where: { id } })).toBe(0);
  expect(await read(hash)).toBeUndefined();
});
