import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";

vi.mock("next-intl/server", () => ({
  getLocale: async () => "it",
  getTranslations: async (namespace: string) => {
    const say = (key: string) => {
      if (namespace === "glossary.terms") return key === "liquidation.term" ? "Atto di liquidazione" : "";
      if (key === "steps.proposals.publish") return "La proposta è pubblica";
      return key === "how-it-works.title" ? "Come funziona" : key;
    };
    return Object.assign(say, { has: () => true });
  },
}));

import { listCommons } from "@/features/commons/list-queries";
import { search } from "@/features/search/queries";
import { searchQuery } from "@/features/search/schema";
import { freshDatabase } from "./database";

const { db } = await freshDatabase();
const torino = { istatCode: "001272", slug: "torino" };
const aglie = { istatCode: "001001", slug: "aglie" };

async function commons(name: string, values: object = {}, municipality = torino.istatCode): Promise<string> {
  const id = randomUUID();
  const said = { name, slug: id, kind: "square", salt: "s".repeat(64), createdBy: "somebody" };
  await db.commons.create({
    data: { municipality, id, ...said, publishedAt: new Date("2026-01-01"), ...values },
  });
  return id;
}

async function titles(q: string, filters: Record<string, string> = {}, where = torino): Promise<string[]> {
  const { results } = await search(where, searchQuery({ q, ...filters }));
  return results.map(({ title }) => title.map(({ text }) => text).join(""));
}

beforeAll(async () => {
  await commons("Piazza Lagrange", {
    district: 1,
    description: "Perché la città ci tiene: alberi e panchine.",
  });
  await commons("Giardino d’Agliè", { district: 6, address: "Strada Comunale 12" });
  await commons("Cortile dell’ex Moi", { description: "Un cortile tra le case." });
  await commons("Piazza nascosta", { publishedAt: null });
  await commons("Piazza Lagrange di Agliè", {}, aglie.istatCode);
  await db.house.create({
    data: {
      ...{ municipality: torino.istatCode, id: "h", slug: "casa-nel-parco", name: "Casa nel Parco" },
      ...{ address: "Via Artom 1", district: 2 },
    },
  });
  const hash = "a".repeat(64);
  await db.storedFile.create({
    data: { municipality: torino.istatCode, hash, size: 1, mediaType: "application/pdf" },
  });
  const file = { municipality: torino.istatCode, hash, aboutId: "x", uploadedBy: "somebody" };
  await db.attachment.createMany({
    data: [
      { ...file, id: "1", name: "Determina_giunta-123.pdf", aboutType: "act", public: true },
      { ...file, id: "2", name: "Determina segreta.pdf", aboutType: "act", public: false },
      { ...file, id: "3", name: "wide-determina.avif", aboutType: "picture_variant", public: true },
    ],
  });
});

describe("searching", () => {
  it.each([
    ["lagrange", "Piazza Lagrange"],
    ["la grange", "Piazza Lagrange"],
    ["LAGRANGE piazza", "Piazza Lagrange"],
    ["citta", "Piazza Lagrange"],
    ["perché città", "Piazza Lagrange"],
    ["panchina", "Piazza Lagrange"],
    ["aglie", "Giardino d’Agliè"],
    ["d'Agliè", "Giardino d’Agliè"],
    ["dell ex moi", "Cortile dell’ex Moi"],
    ["casa parco", "Casa nel Parco"],
    ["via artom", "Casa nel Parco"],
    ["determina 123", "Determina_giunta-123.pdf"],
  ])("for %s finds %s", async (q, expected) => {
    expect(await titles(q)).toContain(expected);
  });

  it("finds meetings by title, place, agenda and minutes", async () => {
    const { istatCode: municipality } = torino;
    await db.meeting.create({
      data: {
        ...{ id: randomUUID(), municipality, aboutType: "house", aboutId: "h", title: "Chiavi e turni" },
        ...{ place: "Salone Quarzite", agenda: "Chi apre il cancello", minutes: "Si apre alle otto" },
        ...{ startsAt: new Date("2026-12-01T18:00:00Z"), endsAt: new Date("2026-12-01T19:00:00Z") },
        ...{ language: "it", convenedBy: "somebody" },
      },
    });
    for (const q of ["chiavi", "quarzite", "cancello", "alle otto"])
      expect(await titles(q, { tipo: "meeting" })).toEqual(["Chiavi e turni"]);
    expect(await titles("quarzite", {}, aglie)).toEqual([]);
  });

  it("finds what lately happened, by the name of the place and by what is said of it", async () => {
    const { istatCode: municipality } = torino;
    const places = [await commons("Largo Ametista"), await commons("Largo celato", { publishedAt: null })];
    for (const [index, commonsId] of places.entries()) {
      const at = { municipality, block: BigInt(900 + index), index: 0 };
      await db.chainTransaction.create({
        data: {
          ...{ ...at, id: String(index).repeat(64), code: 0, name: "proposals:publish", day: "2026-11-19" },
          ...{ mspId: "ComuneMSP", statedTime: new Date("2026-11-19") },
        },
      });
      await db.chainStep.create({ data: { ...at, commons: commonsId } });
    }
    for (const q of ["ametista", "proposta pubblica ametista", "pubblica"])
      expect(await titles(q, { tipo: "news" })).toEqual(["Largo Ametista"]);
    const { counts, results } = await search(torino, searchQuery({ q: "ametista" }));
    expect([counts.get("news"), counts.get("commons")]).toEqual([1, 1]);
    expect(results.map(({ kind }) => kind)).toEqual(["commons", "news"]);
    expect(await titles("celato", { tipo: "news" })).toEqual([]);
    expect(await titles("ametista", { tipo: "news" }, aglie)).toEqual([]);
    expect(await titles("ametista", { tipo: "news", zona: "1" })).toEqual([]);
  });

  it("finds a name that was misspelt, and says that it is only alike", async () => {
    const found = await search(torino, searchQuery({ q: "lagramge" }));
    expect(found.alike).toBe(true);
    expect(found.results.map(({ title }) => title.map(({ text }) => text).join(""))).toContain(
      "Piazza Lagrange",
    );
  });

  it("shows nothing unpublished, nothing private, and nothing of another municipality", async () => {
    expect(await titles("nascosta")).toEqual([]);
    expect(await titles("determina")).toEqual(["Determina_giunta-123.pdf"]);
    expect(await titles("piazza lagrange")).toEqual(["Piazza Lagrange"]);
    expect(await titles("lagrange", {}, aglie)).toEqual(["Piazza Lagrange di Agliè"]);
  });

  it("finds a file once the ledger has the act that publishes it", async () => {
    const { istatCode: municipality } = torino;
    const [hash, proposal] = ["b".repeat(64), randomUUID()];
    await db.storedFile.create({ data: { municipality, hash, size: 1, mediaType: "application/pdf" } });
    const file = { municipality, hash, public: true, uploadedBy: "somebody" };
    await db.attachment.createMany({
      data: [
        { ...file, id: "4", name: "Zibaldone allegato.pdf", aboutType: "proposal", aboutId: proposal },
        { ...file, id: "5", name: "Zibaldone bando.pdf", aboutType: "call", aboutId: "not-yet" },
        { ...file, id: "6", name: "Zibaldone nomina.pdf", aboutType: "office", aboutId: "office" },
      ],
    });
    await db.chainProposal.create({
      data: {
        ...{ municipality, id: proposal, call: "c", commons: "x", subject: "s", representative: "r" },
        ...{ state: "submitted", version: 1, digest: "d".repeat(64), costCents: 1n },
        ...{ submittedOn: "2026-01-01", record: {}, transactionId: "e".repeat(64), block: 1n },
      },
    });
    const act = await db.outboxItem.create({
      data: {
        ...{
          id: randomUUID(),
          municipality,
          transaction: "register:appoint",
          input: { act: { file: hash } },
        },
        ...{ person: "p", organisation: "Comune", role: "administrator", by: "act", status: "to_sign" },
        ...{ subjectType: "office", subjectId: "office" },
      },
    });
    expect(await titles("zibaldone")).toEqual([]);
    await db.outboxItem.update({ where: { id: act.id }, data: { status: "committed" } });
    expect(await titles("zibaldone")).toEqual(["Zibaldone nomina.pdf"]);
    await db.chainProposal.updateMany({ where: { id: proposal }, data: { state: "published" } });
    expect(await titles("zibaldone")).toEqual(["Zibaldone allegato.pdf", "Zibaldone nomina.pdf"]);
  });

  it("marks what was found, also where it was typed without its accents", async () => {
    const { results } = await search(torino, searchQuery({ q: "aglie" }));
    expect(results[0]?.title.filter(({ found }) => found).map(({ text }) => text)).toEqual(["Agliè"]);
  });

  it("keeps to a kind and to a district, and counts the others", async () => {
    expect(await titles("piazza giardino casa")).toEqual([]);
    const { results, counts } = await search(torino, searchQuery({ q: "casa", tipo: "house" }));
    expect(results.map(({ kind }) => kind)).toEqual(["house"]);
    expect(counts.get("commons")).toBe(1);
    expect(await titles("giardino", { zona: "6" })).toEqual(["Giardino d’Agliè"]);
    expect(await titles("giardino", { zona: "1" })).toEqual([]);
  });

  it("takes whatever is typed for words", async () => {
    for (const q of ["'", '"', "% _ \\", "a & | ! ( :*", "il lo la", "\u0001x\u0002", "-", "x".repeat(100)])
      expect(await titles(q)).toEqual([]);
  });

  it("finds at once what has just been written, and no longer what has gone", async () => {
    const id = await commons("Orto Zafferano");
    expect(await titles("zafferano")).toEqual(["Orto Zafferano"]);
    await db.commons.updateMany({ where: { id }, data: { name: "Orto Rosmarino" } });
    expect(await titles("zafferano")).toEqual([]);
    expect(await titles("rosmarino")).toEqual(["Orto Rosmarino"]);
    await db.commons.deleteMany({ where: { id } });
    expect(await titles("rosmarino")).toEqual([]);
  });

  it("leads to one page of many at a time", async () => {
    for (let number = 0; number < 25; number += 1) await commons(`Aiuola numero ${number}`);
    const first = await search(torino, searchQuery({ q: "aiuola" }));
    const second = await search(torino, searchQuery({ q: "aiuola", pagina: "2" }));
    expect([first.total, first.results.length, second.results.length]).toEqual([25, 20, 5]);
    const ids = [...first.results, ...second.results].map(({ id }) => id);
    expect(new Set(ids).size).toBe(25);
  });

  it("answers within a fifth of a second among thousands", async () => {
    await db.commons.createMany({
      data: Array.from({ length: 3000 }, (_, number) => ({
        ...{ municipality: torino.istatCode, id: `many-${number}`, slug: `many-${number}`, kind: "square" },
        ...{
          name: `Spazio ${number} di via Prova`,
          description: "Uno spazio tra le case con alberi e panchine.",
        },
        ...{ salt: "s".repeat(64), createdBy: "somebody", publishedAt: new Date("2026-01-01") },
      })),
    });
    await db.$executeRawUnsafe("ANALYZE");
    await titles("zafferano");
    const times: number[] = [];
    for (const q of ["lagrange", "aglie", "casa parco", "artom", "determina"]) {
      const start = performance.now();
      await titles(q);
      times.push(performance.now() - start);
    }
    expect(times.sort((a, b) => a - b)[2]).toBeLessThan(200);
  });
});

describe("the list of commons", () => {
  it("is filtered by the same words, whatever their accents, spaces and apostrophes", async () => {
    const names = async (searched: string) =>
      (await listCommons(torino.istatCode, { search: searched }, { most: 10 })).commons.map(
        ({ name }) => name,
      );
    expect(await names("la grange")).toEqual(["Piazza Lagrange"]);
    expect(await names("agli")).toEqual(["Giardino d’Agliè"]);
    expect(await names("citta")).toEqual(["Piazza Lagrange"]);
    expect(await names("%")).toEqual([]);
  });
});

it("explains a term of the glossary, and leads to its place there", async () => {
  const { results } = await search(torino, searchQuery({ q: "Liquidazióne" }));
  expect(results).toEqual([
    expect.objectContaining({ kind: "help", id: "liquidation", to: { address: "/parole#liquidation" } }),
  ]);
});
