import { Validator } from "@seriousme/openapi-schema-validator";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { JsonLdParser } from "jsonld-streaming-parser";
import { Parser, type Quad } from "n3";
import { extractText, getDocumentProxy } from "unpdf";
import { beforeAll, describe, expect, it } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { commitment, friendsCode, pactAct, payAct, plan, withActive } from "@/chaincode/testing/pact-story";
import { people } from "@/chaincode/testing/people";
import { decimalOf } from "@/lib/export/table";
import { tableIn } from "@/lib/pdf/test/read-table";
import type { RecordOf } from "@/protocol/records";
import { projectCity } from "../open-data/project-city";
import { RecordedCity } from "../open-data/recorded-city";
import { sampleSeed } from "../seed";
import { serverActions } from "./actions/request";
import { settle, torino } from "./actions/town";

const { db } = await serverActions();
const { openDataFile } = await import("@/features/open-data/file-queries");
const { grantList, grantsOf } = await import("@/features/open-data/grant-queries");
const { datasetsOf } = await import("@/features/open-data/dataset-queries");
const { apiPaths } = await import("@/features/open-data/openapi");
const { paymentsFile } = await import("@/features/funds/payment-file-queries");

const here = { istatCode: torino, slug: "torino", name: "Torino" };
/** What belongs to people, planted wherever somebody could have typed it. */
const planted = {
  name: "Ermenegilda Zampognaro",
  fiscalNumber: "ZMPRNG80A41L219E",
  iban: "IT60X0542811101000000123456",
  groupedIban: "IT60 X054 2811 1010 0000 0123 456",
  email: "ermenegilda@example.org",
};

const seed = sampleSeed();
const [amounts = []] = fc.sample(
  fc.array(fc.integer({ min: 1_000, max: 160_000 }), { minLength: 4, maxLength: 6 }),
  { numRuns: 1, seed },
);
const ids = amounts.map((_, index) => `commitment-${index + 1}`);
let city: RecordedCity;

beforeAll(async () => {
  await settle(db);
  await db.municipality.update({ where: { istatCode: torino }, data: { ipaCode: "c_l219" } });
  city = await RecordedCity.founded();
  await withActive(city);
  for (const [index, amountCents] of amounts.entries()) {
    const id = ids[index] ?? "";
    await city.submit(people.officer, "funds:commit", commitment({ id, amountCents }));
    await city.submit(people.officer, "funds:planMilestones", plan([amountCents], id));
    const milestone = `${id}-m1`;
    const evidence = [digest(`photo ${index}`)];
    await city.submit(people.resident, "milestones:submitEvidence", { id: milestone, evidence });
    await city.submit(people.coordinator, "milestones:verify", { id: milestone, reportHash: digest(id) });
  }
  await city.advanceTo("2026-02-16");
  for (const [index, amountCents] of amounts.entries()) {
    const [id, payment] = [ids[index] ?? "", `payment-${index + 1}`];
    const accepted = { id: `${id}-m1`, acceptedCents: amountCents };
    await city.submit(people.officer, "milestones:accept", accepted);
    const request = { id: payment, milestone: `${id}-m1`, amountCents };
    await city.submit(people.resident, "payments:request", request);
    await city.submit(people.officer, "payments:check", { id: payment });
    await city.submit(people.accountant, "payments:liquidate", { id: payment, act: payAct(`l ${index}`) });
    // The last one waits: nothing of it may be ordered, and no list has it.
    if (index === amounts.length - 1) continue;
    await city.submit(people.officer, "funds:publishGrant", { commitment: id, digest: digest(`row ${id}`) });
    await city.submit(people.secondAccountant, "payments:order", {
      id: payment,
      orderNumber: `${index + 1}/2026`,
    });
    await city.submit(people.treasurer, "payments:recordPaid", {
      ...{ id: payment, reference: `CRO ${planted.iban} ${index}`, on: "2026-02-16" },
      documentHash: digest(`receipt ${index}`),
    });
  }
  await writeWords();
  await projectCity(db, city);
});

async function writeWords(): Promise<void> {
  const base = { municipality: torino };
  const salt = "0".repeat(64);
  const { name, fiscalNumber, groupedIban, email } = planted;
  await db.person.create({ data: { id: people.resident.person, displayName: name } as never });
  await db.subject.createMany({
    data: [
      {
        ...{ ...base, id: "garden-friends", kind: "association", name: `Amici (${fiscalNumber})`, salt },
        ...{ representative: people.resident.person, fiscalCode: fiscalNumber, email },
      },
    ],
  });
  await db.commons.create({
    data: {
      ...{ ...base, id: "commons-garden", slug: "giardino", name: "Giardino; cortile", kind: "green_area" },
      ...{ salt, createdBy: people.resident.person, publishedAt: new Date() },
    },
  });
  await db.call.create({
    data: {
      ...{ ...base, id: "call-2026", slug: "avviso", title: "Avviso di prova" },
      ...{ summary: `Chiedere a ${fiscalNumber}`, objectives: name, whoMay: "Chiunque", criteria: [] },
      ...{ scopes: [], opensOn: "2026-01-01", closesOn: "2026-01-31", threshold: 70, requiredScores: 2 },
      ...{ maxCostCents: 5_000_000n, lines: ["line-2026"], salt, createdBy: "somebody" },
    },
  });
  await db.pact.create({
    data: {
      ...{ ...base, id: "pact-garden", slug: "patto", proposal: "garden", commons: "commons-garden" },
      ...{ title: `Patto ${groupedIban}`, form: "ordinary", startsOn: "2026-02-06", endsOn: "2029-02-05" },
      ...{ createdBy: people.coordinator.person, content: { objectives: name } },
    },
  });
  for (const id of ids) {
    const title = `Lavori per ${fiscalNumber}`;
    await db.milestoneText.create({
      data: { ...base, id: `${id}-m1`, commitment: id, title, deliverable: name, salt },
    });
    const row = {
      ...{ legalBasis: "=Regolamento;1", office: "Area beni comuni", responsibleOfficer: "La dirigente" },
      ...{ selectionMethod: `Avviso, IBAN ${groupedIban}`, projectLink: "https://comune.example/progetto" },
    };
    await db.grantRow.create({ data: { ...base, commitment: id, row, salt, digest: digest(`row ${id}`) } });
  }
}

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const url = new URL(path, "http://localhost:3000/api/open-data/torino/");
  const file = url.pathname.replace("/api/open-data/torino/", "");
  return openDataFile(new Request(url, { headers }), "torino", file);
}

async function textOf(path: string): Promise<string> {
  const response = await ask(path);
  expect(response.status, path).toBe(200);
  if (path.includes(".pdf")) return wordsIn(await response.bytes());
  if (!path.includes(".ods")) return response.text();
  const parts = unzipSync(new Uint8Array(await response.arrayBuffer()));
  return Object.values(parts)
    .map((part) => strFromU8(part))
    .join("\n");
}

/** All that a reader of a PDF can copy, with and without the spaces at which lines may have been broken. */
async function wordsIn(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(pdf), { mergePages: true });
  return `${text}\n${text.replace(/\s/g, "")}`;
}

/** What is above the threshold and published, as the ledger has it. */
function onLedger(): Map<string, bigint> {
  const total = amounts.reduce((sum, cents) => sum + cents, 0);
  const all = city.state.all<RecordOf<"commitment">>(torino, "commitment");
  return new Map(
    all
      .filter(({ publication }) => publication && total > 100_000)
      .map(({ id, amountCents }) => [id, BigInt(amountCents)]),
  );
}

describe("amounts", () => {
  it(`are the same on the page, in every file and on the ledger, row by row (seed ${seed})`, async () => {
    const ledger = onLedger();
    const { grants, waiting } = await grantList(here, 2026);
    expect(new Map(grants.map(({ id, amountCents }) => [id, amountCents]))).toEqual(ledger);
    const above = amounts.reduce((sum, cents) => sum + cents, 0) > 100_000;
    expect(waiting.amountCents).toBe(above ? BigInt(amounts.at(-1) ?? 0) : 0n);

    const csv: Record<string, string>[] = parse(await textOf("grants.csv?year=2026"), {
      ...{ bom: true, delimiter: ";", columns: true },
    });
    const json: Record<string, string | number>[] = JSON.parse(await textOf("grants.json?year=2026"));
    const ods = await textOf("grants.ods?year=2026");
    const written = (point: "." | ",") =>
      [...ledger].map(([id, cents]) => [id, decimalOf(cents, point)]).sort();
    expect(csv.map((row) => [row.Identificativo, row["Importo in euro"]]).sort()).toEqual(written(","));
    expect(json.map((row) => [row.id, Number(row.amount_eur).toFixed(2)]).sort()).toEqual(written("."));
    for (const [id, cents] of ledger) {
      const row = ods.split("<table:table-row>").find((cells) => cells.includes(`<text:p>${id}</text:p>`));
      expect(row).toContain(`office:value="${decimalOf(cents, ".")}"`);
    }
    const [headings = [], ...rows] = await tableIn(await (await ask("grants.pdf?year=2026")).bytes());
    const [id, amount] = [headings.indexOf("Identificativo"), headings.indexOf("Importoineuro")];
    expect(rows.map((row) => [row[id], row[amount]?.replace(".", "")]).sort()).toEqual(written(","));
  });

  it("of releases and records are those of commitments and payments on the ledger", async () => {
    const commitments = city.state.all<RecordOf<"commitment">>(torino, "commitment");
    const payments = city.state
      .all<RecordOf<"payment">>(torino, "payment")
      .filter(({ state }) => state === "paid");
    const [record] = JSON.parse(await textOf("ocds/records.json")).records;
    const [contract] = record.compiledRelease.contracts;
    const items = contract.items.map((item: { id: string; unit: { value: { amount: number } } }) => [
      item.id,
      item.unit.value.amount.toFixed(2),
    ]);
    expect(items.sort()).toEqual(
      commitments.map(({ id, amountCents }) => [id, decimalOf(BigInt(amountCents), ".")]).sort(),
    );
    const moved = contract.implementation.transactions.map(
      ({ id, value }: { id: string; value: { amount: number } }) => [id, value.amount.toFixed(2)],
    );
    expect(moved.sort()).toEqual(
      payments.map(({ id, amountCents }) => [id, decimalOf(BigInt(amountCents), ".")]).sort(),
    );
    const committed = commitments.reduce((sum, { amountCents }) => sum + amountCents, 0);
    expect(contract.value.amount.toFixed(2)).toBe(decimalOf(BigInt(committed), "."));
    const [pact] = JSON.parse(await textOf("pacts.json"));
    expect(pact.committed_eur.toFixed(2)).toBe(decimalOf(BigInt(committed), "."));
  });
});

it("tells nothing of people in any file", async () => {
  for (const path of Object.keys(apiPaths)) {
    const text = await textOf(path.slice(1));
    for (const [what, secret] of Object.entries(planted))
      expect(text.toLowerCase().includes(secret.toLowerCase()), `${what} in ${path}`).toBe(false);
    for (const { person } of Object.values(people)) expect(text, path).not.toContain(person);
  }
  const payments = await paymentsFile(new Request("http://localhost:3000/"), "torino", "csv");
  const text = await payments.text();
  expect(text).toContain("Lavori per […]");
  for (const secret of Object.values(planted)) expect(text).not.toContain(secret);
  const csv = await textOf("grants.csv?year=2026");
  if (onLedger().size > 0) {
    expect(csv).toContain(friendsCode);
    expect(csv).toContain("'=Regolamento");
  }
});

it("publishes no row whose text is not the one that the ledger has the digest of", async () => {
  const [id] = ids;
  const where = { municipality_commitment: { municipality: torino, commitment: id ?? "" } };
  await db.grantRow.update({ where, data: { digest: "f".repeat(64) } });
  const rows: string[] = [];
  for await (const batch of grantsOf(here, 2026)) rows.push(...batch.map((grant) => grant.id));
  expect(rows).not.toContain(id);
  await db.grantRow.update({ where, data: { digest: digest(`row ${id}`) } });
});

describe("a file", () => {
  it("is not sent again until there is a new block, and then is another one", async () => {
    const first = await ask("pacts.json");
    const tag = first.headers.get("etag") ?? "";
    expect((await ask("pacts.json", { "if-none-match": tag })).status).toBe(304);
    expect((await ask("pacts.json", { "if-none-match": `"x", ${tag}` })).status).toBe(304);
    expect((await ask("pacts.csv", { "if-none-match": tag })).status).toBe(200);
    const since = first.headers.get("last-modified") ?? "";
    expect((await ask("pacts.json", { "if-modified-since": since })).status).toBe(304);
    expect(first.headers.get("access-control-allow-origin")).toBe("*");

    const before = JSON.parse(await textOf("ocds/releases.json")).releases;
    const known = city.events.length;
    city.now += 60_000;
    await city.submit(people.officer, "funds:changeBudget", {
      ...{ id: "line-2026", budgetCents: 5_123_456, act: pactAct("budget") },
    });
    await projectCity(db, city, known);
    expect((await ask("pacts.json", { "if-none-match": tag })).status).toBe(200);
    const after = JSON.parse(await textOf("ocds/releases.json")).releases;
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length)).toMatchObject([
      { tag: ["planningUpdate"], planning: { budget: { amount: { amount: 51_234.56, currency: "EUR" } } } },
    ]);
  });

  it("says that its identifiers are for trial where no prefix is registered", async () => {
    for (const { ocid } of JSON.parse(await textOf("ocds/releases.json")).releases)
      expect(ocid).toBe("trial-001272-call-2026");
  });

  it("is refused in words that a program can read", async () => {
    for (const [path, status] of [
      ["grants.csv?year=soon", 400],
      ["grants.csv?lingua=de", 400],
      ["nothing.csv", 404],
      ["constructor", 404],
    ] as const) {
      const response = await ask(path);
      expect(response.status, path).toBe(status);
      expect(await response.json()).toMatchObject({ status, detail: expect.stringMatching(/\w/) });
    }
    const url = "http://localhost:3000/api/open-data/nowhere/pacts.csv";
    expect((await openDataFile(new Request(url), "nowhere", "pacts.csv")).status).toBe(404);
  });

  it("of another municipality holds nothing of this one", async () => {
    for (const path of ["grants.json?year=2026", "pacts.json"]) {
      const url = new URL(path, "http://localhost:3000/api/open-data/aglie/");
      const response = await openDataFile(new Request(url), "aglie", path.split("?")[0] ?? "");
      expect(await response.json()).toEqual([]);
    }
    const url = "http://localhost:3000/api/open-data/aglie/ocds/releases.json";
    expect((await openDataFile(new Request(url), "aglie", "ocds/releases.json")).status).toBe(404);
  });
});

describe("the catalogue", () => {
  const dct = "http://purl.org/dc/terms/";
  const dcat = "http://www.w3.org/ns/dcat#";
  const mandatory: Record<string, readonly string[]> = {
    Catalog: [`${dct}title`, `${dct}description`, `${dct}publisher`, `${dct}modified`, `${dcat}dataset`],
    Dataset: [
      ...["identifier", "title", "description", "modified", "rightsHolder", "accrualPeriodicity"].map(
        (name) => dct + name,
      ),
      ...[`${dcat}theme`, `${dcat}distribution`],
    ],
    Distribution: [`${dct}format`, `${dcat}accessURL`, `${dct}license`],
    Agent: ["http://xmlns.com/foaf/0.1/name", `${dct}identifier`],
  };

  it("has every mandatory member of DCAT-AP_IT, and what it refers to is in it", async () => {
    const quads = new Parser().parse(await textOf("catalogue.ttl"));
    for (const [type, members] of Object.entries(mandatory)) {
      const nodes = quads.filter(({ object }) => object.value === `http://dati.gov.it/onto/dcatapit#${type}`);
      expect(nodes.length, type).toBeGreaterThan(0);
      for (const { subject } of nodes)
        for (const member of members)
          expect(
            quads.some((quad) => quad.subject.equals(subject) && quad.predicate.value === member),
            `${subject.value} ${member}`,
          ).toBe(true);
    }
    const described = new Set(quads.map(({ subject }) => subject.value));
    const referring = ["distribution", "dataset"].map((name) => dcat + name);
    for (const { predicate, object } of quads)
      if (referring.includes(predicate.value)) expect(described).toContain(object.value);
  });

  it("says the same as JSON-LD", async () => {
    const parser = new JsonLdParser();
    const fromJson: Quad[] = [];
    parser.on("data", (quad) => fromJson.push(quad));
    const done = new Promise((resolve, reject) => parser.on("end", resolve).on("error", reject));
    parser.write(await textOf("catalogue.jsonld"));
    parser.end();
    await done;
    const lines = (quads: readonly Quad[]) =>
      quads
        .map(({ subject, predicate, object }) => {
          const literal = object as { language?: string; datatype?: { value: string } };
          return [
            subject.value,
            predicate.value,
            object.value,
            literal.language,
            literal.datatype?.value,
          ].join(" ");
        })
        .sort();
    expect(lines(fromJson)).toEqual(lines(new Parser().parse(await textOf("catalogue.ttl"))));
  });

  it("names files that answer, each in its format", async () => {
    const types = {
      ...{ csv: "text/csv", json: "application/json", ods: "oasis", atom: "atom+xml", pb: "text" },
      pdf: "application/pdf",
    };
    for (const { distributions } of await datasetsOf(here))
      for (const { path, format } of distributions.filter((one) => one.path.includes("/open-data/"))) {
        const response = await ask(path);
        expect(response.status, path).toBe(200);
        expect(response.headers.get("content-type"), path).toContain(types[format]);
      }
  });
});

describe("the description of the interface", () => {
  it("is valid OpenAPI 3.1, and each of its paths answers", async () => {
    const description = JSON.parse(await textOf("openapi.json"));
    const result = await new Validator().validate(description);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    for (const path of Object.keys(description.paths)) await textOf(path.slice(1));
  });
});

it("the feed tells the latest decisions, latest first, each with its proof", async () => {
  const feed = await textOf("decisions.atom");
  const updated = [...feed.matchAll(/<updated>([^<]+)<\/updated>/g)].map(([, time]) => time ?? "");
  expect(updated).toEqual([...updated].sort().reverse());
  expect(feed).toContain("Impegnati");
  expect(feed).toMatch(/href="http:\/\/localhost:3000\/torino\/verifica\/[0-9a-f]{64}"/);
  expect(await textOf("decisions.atom?lingua=en")).toContain('xml:lang="en"');
});
