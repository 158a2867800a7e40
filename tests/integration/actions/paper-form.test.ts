import { createHash, randomUUID } from "node:crypto";
import sharp from "sharp";
import { getDocumentProxy } from "unpdf";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { trialPeople } from "@/prisma/seed/trial-people";
import { actor, takeOffice } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { proposalOnLedger, settle, torino } from "./town";

const { db } = await serverActions();
const { discardUpload, storeFile } = await import("@/features/documents/service");
const { introducePerson } = await import("@/features/people/service");
const { inGroups, paperCode } = await import("@/features/papers/paper-code");
const { POST } = await import("@/app/api/uploads/[municipality]/paper/route");

// Embedding a font takes a second or two on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const [giulia, marco] = trialPeople;
if (!giulia || !marco) throw new Error("there are no trial people");
const documentHash = "d".repeat(64);
const written = { transactionId: "0".repeat(64), block: 1n };
let party: string;
let witness: string;

beforeAll(async () => {
  await settle(db);
  party = await introducePerson(giulia);
  witness = await introducePerson(marco);
  await takeOffice(db, actor(witness, "Case", "coordinator"));
  await proposalOnLedger(db, { id: "orti", state: "co_design", representative: party });
  const ids = { municipality: torino, id: "pact" };
  const term = { form: "ordinary", startsOn: "2026-01-01", endsOn: "2027-01-01" };
  const about = { proposal: "orti", commons: "commons-of-orti" };
  await db.pact.create({
    data: { ...ids, ...term, ...about, slug: "orti", title: "Patto per gli orti", createdBy: witness },
  });
  const parties = [{ id: "friends", subject: "subject-1" }];
  await db.chainPact.create({
    data: {
      ...{ ...written, ...ids, ...term, ...about, state: "active", version: 2, documentHash },
      record: { parties },
    },
  });
  await db.chainSubject.create({
    data: {
      ...{ ...written, municipality: torino, id: "subject-1", kind: "association", representative: party },
      ...{ digest: "0".repeat(64), eligible: true, record: {} },
    },
  });
  await db.chainCommitment.create({
    data: {
      ...{ ...written, ...about, municipality: torino, id: "commitment", line: "line", pact: "pact" },
      ...{ beneficiary: "subject-1", payee: "subject-1", type: "goods", amountCents: 500_000n },
      ...{ acceptedCents: 0n, paidCents: 0n, plannedCents: 500_000n, committedOn: "2026-01-02" },
      ...{ fictional: true, record: {} },
    },
  });
  await db.chainMilestone.create({
    data: {
      ...{ ...written, municipality: torino, id: "milestone", commitment: "commitment", line: "line" },
      ...{ commons: "commons-of-orti", number: 3, dueOn: "2026-06-01", amountCents: 500_000n },
      ...{ digest: "0".repeat(64), state: "planned", acceptedCents: 0n, requestedCents: 0n, record: {} },
    },
  });
  await db.chainReport.create({
    data: {
      ...{ ...written, municipality: torino, id: "report", commitment: "commitment", kind: "annual" },
      ...{ commons: "commons-of-orti", dueOn: "2026-12-31", record: {} },
    },
  });
});

beforeEach(async () => {
  await db.rateCount.deleteMany();
  request.person = witness;
  request.session = { level: 2, minutesAgo: 0 };
});

type Fields = Readonly<Record<string, string | File>>;

function post(kind: string, fields: Fields, slug = "torino", site = "same-origin"): Promise<Response> {
  const posted = new Request(`http://localhost:3000/api/uploads/${slug}/paper?modulo=${kind}&lingua=it`, {
    ...{ method: "POST", body: formOf(fields), headers: { "sec-fetch-site": site } },
  });
  return POST(posted, { params: Promise.resolve({ municipality: slug }) });
}

async function wordsOf(response: Response): Promise<string> {
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const { items } = await (await pdf.getPage(index + 1)).getTextContent();
      return items.map((item) => ("str" in item ? item.str : "")).join(" ");
    }),
  );
  return pages.join(" ").replace(/\s+/g, " ");
}

const command = randomUUID();
const requested = { milestone: "milestone", amount: "1.250,00", command };
const said = (asked: Parameters<typeof paperCode>[0]["asked"], text?: string) =>
  inGroups(paperCode({ municipality: torino, person: party, asked, ...(text !== undefined && { text }) }));

describe("the form that a party signs on paper", () => {
  it("asks for a payment with its amount, its milestone and its code, and records nothing", async () => {
    const words = await wordsOf(await post("request", requested));
    expect(words).toContain("Richiesta di pagamento di 1.250,00");
    expect(words).toContain("per la tappa 3");
    expect(words).toContain("Patto: Patto per gli orti");
    expect(words).toContain(`Chi firma: ${giulia.givenName} ${giulia.familyName}`);
    const asked = { transaction: "payments:request", id: "x", milestone: "milestone", amountCents: 125_000 };
    expect(words).toContain(said(asked as Parameters<typeof said>[0]));
    expect(await db.outboxItem.count()).toBe(0);
  });

  it("has the whole of a report", async () => {
    const text = `Aperto ogni sabato.\n${"Parola ".repeat(600)}fine.`;
    const words = await wordsOf(await post("report", { id: "report", text, command }));
    expect(words).toContain("Aperto ogni sabato.");
    expect(words).toContain("fine.");
    expect(words).toContain(
      said({ transaction: "reports:submit", id: "report", digest: "0".repeat(64) }, text),
    );
  });

  it("names the evidence by the digest that it will be kept under, and keeps nothing of it", async () => {
    const grey = { r: 90, g: 90, b: 90 };
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: grey } })
      .withExif({ IFD0: { Artist: "Giulia" } })
      .jpeg()
      .toBuffer();
    const evidence = new File([new Uint8Array(bytes)], "lavori.jpg", { type: "image/jpeg" });
    const words = await wordsOf(await post("evidence", { id: "milestone", evidence, command }));
    const who = { municipality: torino, person: witness };
    const kept = await storeFile(who, evidence, "evidence");
    await discardUpload(who, kept.id);
    const { hash } = kept;
    expect(hash).not.toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(words).toContain("lavori.jpg");
    expect(words.replace(/ /g, "")).toContain(hash);
    expect(words).toContain(
      said({ transaction: "milestones:submitEvidence", id: "milestone", evidence: [hash] }),
    );
    expect(await db.attachment.count()).toBe(0);
  });

  it("names a pact's version by the digest of its PDF", async () => {
    const form = { id: "pact", party: "friends", version: "2", documentHash, command };
    const words = await wordsOf(await post("pact", form));
    expect(words).toContain("Firma del patto, versione 2");
    expect(words.replace(/ /g, "")).toContain(documentHash);
    const { command: _, version, ...rest } = form;
    expect(words).toContain(said({ transaction: "pacts:sign", ...rest, version: Number(version) }));
  });

  it.each<[string, number, string, () => Promise<Response>]>([
    ["no amount", 422, "", () => post("request", { ...requested, amount: "" })],
    ["a milestone that is not there", 404, "", () => post("request", { ...requested, milestone: "no" })],
    ["a milestone of another Comune", 403, "", () => post("request", requested, "aglie")],
    ["a form of no kind", 404, "", () => post("grant", requested)],
    ["another site", 403, "", () => post("request", requested, "torino", "cross-site")],
    [
      "letters that no font has",
      409,
      "caratteri che il PDF non sa scrivere",
      () => post("report", { id: "report", text: "\u{1F96F} pane", command }),
    ],
    [
      "whoever is no witness",
      403,
      "",
      () => {
        request.person = party;
        return post("request", requested);
      },
    ],
    [
      "whoever has not signed in",
      401,
      "",
      () => {
        request.person = undefined;
        return post("request", requested);
      },
    ],
    [
      "a witness who has signed in with too little",
      403,
      "",
      () => {
        request.session = { level: 1, minutesAgo: 0 };
        return post("request", requested);
      },
    ],
  ])("is refused in a sentence to %s", async (_, status, sentence, tried) => {
    const response = await tried();
    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "text/plain; charset=utf-8",
    ]);
    const told = await response.text();
    expect(told).toMatch(/\p{Lu}.+\.\n$/u);
    expect(told).toContain(sentence);
    expect(await db.attachment.count()).toBe(0);
  });
});
