import { createHash, randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { bytesOf, cashJournal, entity, outcomeMessage, person } from "@/features/treasury/test/files";
import { canonicalJson } from "@/protocol/canonical-json";
import type { Actor } from "@/protocol/primitives";
import { freshDatabase } from "./database";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  // Nothing is there: the ledger cannot be reached.
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();
const imports = await import("@/features/treasury/import-service");
const queries = await import("@/features/treasury/queries");

const torino = "001272";
const aglie = "001001";
const treasurer: Actor = {
  municipality: torino,
  person: "treasurer-1",
  organisation: "Comune",
  role: "treasurer",
};
const colleague: Actor = { ...treasurer, person: "treasurer-2" };
const viewer = { id: treasurer.person, name: "", language: "it", roles: [] } as const;

const chain = { transactionId: "0".repeat(64), block: 1n };

async function ordered(municipality: string, orderNumber: string, change = {}): Promise<string> {
  const id = randomUUID();
  await db.chainPayment.create({
    data: {
      ...{ municipality, id, milestone: "m", commitment: "c", line: "l", commons: "b", payee: "s" },
      ...{
        amountCents: 100_00n,
        state: "ordered",
        requestedOn: "2026-11-01",
        recoveredCents: 0n,
        record: {},
      },
      ...{ orderNumber, orderedOn: "2026-11-02", ...chain, ...change },
    },
  });
  return id;
}

const acts = () => db.outboxItem.findMany({ where: { municipality: torino }, orderBy: { sequence: "asc" } });
const paid = { order: 12, amount: "100.00", operation: "ESEGUITO", receipt: 7 };
const read = (actor: Actor, ...files: string[]) => imports.prepareImport(actor, files.map(bytesOf));
const refusal = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    return (error as { fields?: Record<string, string> }).fields?.files ?? (error as { code: string }).code;
  }
  return undefined;
};

let payment = "";
beforeAll(async () => {
  await db.chainDay.create({
    data: { municipality: torino, id: "day", day: "2026-11-20", record: {}, ...chain },
  });
  payment = await ordered(torino, "12");
  await ordered(aglie, "12");
  await imports.saveTreasuryCodes(treasurer, { office: entity.office, siope: entity.siope });
});

describe("a file of the treasury", () => {
  let draft = "";
  const foreign = { ...paid, order: 900 };

  it("is read into a draft that counts for nothing and names nobody", async () => {
    draft = await read(treasurer, cashJournal([paid, foreign]));
    expect(await queries.importById(torino, draft, viewer)).toMatchObject({
      ...{ state: "draft", rows: 2, ownRows: 1, foreignRows: 1, signed: true },
    });
    expect(await queries.storedMovements(torino)).toEqual([]);
    expect(await acts()).toEqual([]);
    const rows = JSON.stringify(await db.treasuryImport.findMany(), (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const word of [...Object.values(person), "900"]) expect(rows).not.toContain(`"${word}"`);
    expect(rows).not.toContain(person.name);
  });

  it("is nobody else's to see or confirm", async () => {
    expect(await queries.importById(torino, draft, { ...viewer, id: colleague.person })).toBeNull();
    expect(await queries.importById(aglie, draft, viewer)).toBeNull();
    expect(await refusal(imports.confirmImport(colleague, draft, randomUUID()))).toBe(
      "treasury_import_not_found",
    );
    expect(
      await refusal(imports.confirmImport({ ...treasurer, municipality: aglie }, draft, randomUUID())),
    ).toBe("treasury_import_not_found");
  });

  it("once confirmed has its outcomes prepared to be signed, with the rows they rest on", async () => {
    expect(await imports.confirmImport(treasurer, draft, randomUUID())).toBe(1);
    const [act, ...others] = await acts();
    expect(others).toEqual([]);
    expect(act).toMatchObject({
      ...{
        transaction: "payments:recordPaid",
        status: "to_sign",
        person: treasurer.person,
        subjectId: payment,
      },
      input: { id: payment, on: "2026-11-10", reference: "Mandato 12/2026, quietanza 7" },
    });
    const documentHash = (act?.input as { documentHash?: string } | undefined)?.documentHash ?? "";
    const evidence = await db.treasuryEvidence.findUniqueOrThrow({
      where: { municipality_digest: { municipality: torino, digest: documentHash } },
    });
    expect(createHash("sha256").update(canonicalJson(evidence.content)).digest("hex")).toBe(documentHash);
    expect(evidence.payment).toBe(payment);
  });

  it("is once when it comes twice, in other words or from somebody else", async () => {
    expect(await imports.confirmImport(treasurer, draft, randomUUID())).toBe(0);
    const again = await read(colleague, cashJournal([paid, foreign]));
    expect(await imports.confirmImport(colleague, again, randomUUID())).toBe(0);
    const message = await read(
      colleague,
      outcomeMessage([{ order: 12, payee: 1, amount: "100.00", outcome: "PAGATO" }]),
    );
    expect(await imports.confirmImport(colleague, message, randomUUID())).toBe(0);
    expect(await imports.proposeOutcomes(colleague, randomUUID())).toBe(0);
    expect(await acts()).toHaveLength(1);
  });

  it("changes nothing where it is another's, not whole, or older than what was imported", async () => {
    const before = await db.treasuryImport.count();
    expect(await refusal(read(treasurer, cashJournal([paid], { office: "ALTRO1" })))).toBe(
      "treasury_wrong_entity",
    );
    expect(await refusal(read(treasurer, cashJournal([paid], { page: 1, pages: 2 })))).toBe(
      "treasury_pages_missing",
    );
    expect(await refusal(read(treasurer, cashJournal([paid]).slice(0, -30)))).toBe("treasury_file_cut");
    expect(await refusal(read(treasurer, cashJournal([paid], { createdAt: "2026-11-09T08:00:00" })))).toBe(
      "treasury_flow_older",
    );
    expect(await refusal(read({ ...treasurer, municipality: aglie }, cashJournal([paid])))).toBe(
      "treasury_entity_unsaid",
    );
    expect(await db.treasuryImport.count()).toBe(before);
  });

  it("takes the place of an earlier version of its flow", async () => {
    const corrected = cashJournal([{ ...paid, amount: "60.00" }], { createdAt: "2026-11-11T08:00:00" });
    await imports.confirmImport(treasurer, await read(treasurer, corrected), randomUUID());
    const journals = await db.treasuryImport.findMany({
      where: { source: "journal" },
      orderBy: { createdAt: "asc" },
    });
    expect(journals.map(({ state }) => state)).toEqual(["superseded", "superseded", "imported"]);
    expect(
      (await queries.storedMovements(torino)).map(({ source, amountCents }) => [source, amountCents]),
    ).toEqual([
      ["outcomes", 100_00],
      ["journal", 60_00],
    ]);
  });

  it("asks for the reversal once the payment is on the ledger", async () => {
    const reversal = {
      ...paid,
      amount: "-40.00",
      operation: "STORNATO",
      reversalReceipt: 8,
      on: "2026-11-12",
    };
    const flow = "GDC-20261112ABCDEF1234";
    await imports.confirmImport(
      treasurer,
      await read(treasurer, cashJournal([reversal], { flow })),
      randomUUID(),
    );
    await db.outboxItem.updateMany({ where: { subjectId: payment }, data: { status: "committed" } });
    await db.chainPayment.updateMany({ where: { id: payment }, data: { state: "paid" } });
    expect(await imports.proposeOutcomes(treasurer, randomUUID())).toBe(1);
    expect((await acts()).at(-1)).toMatchObject({
      transaction: "payments:recover",
      input: {
        id: payment,
        amountCents: 40_00,
        reference: "Mandato 12/2026, storno 1 2026-11-12, bolletta 8",
      },
    });
  });
});

describe("what was imported by mistake", () => {
  it("is counted no more once it is taken back, and only in its own municipality", async () => {
    const other = await ordered(torino, "77/2026");
    const row =
      "esercizio;numero_mandato;progressivo_beneficiario;importo;esito;data;quietanza\n2026;77;1;100,00;PAGATO;10/11/2026;9\n";
    const id = await read(treasurer, row);
    await imports.confirmImport(treasurer, id, randomUUID());
    const settlement = async () =>
      (await queries.matchingOf(torino)).payments.find(({ payment: one }) => one.id === other)?.settlement
        .kind;
    expect(await settlement()).toBe("act");
    const elsewhere = { ...treasurer, municipality: aglie };
    expect(await refusal(imports.withdrawImport(elsewhere, id))).toBe("treasury_import_not_found");
    await imports.withdrawImport(colleague, id);
    expect(await settlement()).toBe("silent");
    expect(await queries.importById(torino, id, viewer)).toMatchObject({ state: "withdrawn" });
    expect(await refusal(imports.withdrawImport(colleague, id))).toBe("treasury_import_not_found");
    expect(await imports.confirmImport(treasurer, id, randomUUID())).toBe(0);
    expect(await settlement()).toBe("silent");
  });
});

describe("a draft", () => {
  const later = { createdAt: "2026-11-19T08:00:00" };

  it("goes when it is discarded, or after a day", async () => {
    const [first, second] = [
      await read(treasurer, cashJournal([paid], later)),
      await read(treasurer, cashJournal([paid], later)),
    ];
    await imports.discardImport(treasurer, first);
    expect(await refusal(imports.discardImport(treasurer, first))).toBe("treasury_import_not_found");
    await imports.forgetDrafts(new Date(Date.now() + 25 * 3600_000));
    expect(await queries.importById(torino, second, viewer)).toBeNull();
    expect(await db.treasuryImport.count({ where: { state: "imported" } })).toBeGreaterThan(0);
  });
});
