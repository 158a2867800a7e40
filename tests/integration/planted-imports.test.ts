/** Names, tax codes and accounts in every field of every file that is imported: none is kept, queued or logged. */
import { randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { bytesOf, cashJournal, entity, olderJournal, outcomeMessage } from "@/features/treasury/test/files";
import { trialPeople } from "@/prisma/seed/trial-people";
import type { Actor } from "@/protocol/primitives";
import { freshDatabase } from "./database";
import { keepWritten } from "./written";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
  LOG_LEVEL: "trace",
});
const { db } = await freshDatabase();
const imports = await import("@/features/treasury/import-service");
const { readRoll } = await import("@/features/people/roll-file");
const { changeRoll } = await import("@/features/people/roll-service");

const torino = "001272";
const treasurer: Actor = {
  ...{ municipality: torino, person: "treasurer-1", organisation: "Comune", role: "treasurer" },
};
const name = "Ermenegilda Zampognaro";
const code = "ZMPRNG80A41L219E";
const accounts = ["IT60X0542811101000000123456", "IT60 X054 2811 1010 0000 0123 456"];
const secrets = ["zampognaro", code.toLowerCase(), ...accounts.map((one) => one.toLowerCase())];
const planted = [`${name} ${code} ${accounts.join(" ")}`, name, code, ...accounts];
const written: string[] = [];

beforeAll(async () => {
  const chain = { transactionId: "0".repeat(64), block: 1n };
  await db.chainDay.create({
    data: { municipality: torino, id: "day", day: "2026-11-20", record: {}, ...chain },
  });
  await db.chainPayment.create({
    data: {
      ...{ municipality: torino, id: randomUUID(), milestone: "m", commitment: "c", line: "l" },
      ...{ commons: "b", payee: "s", amountCents: 100_00n, state: "ordered", requestedOn: "2026-11-01" },
      ...{ recoveredCents: 0n, record: {}, orderNumber: "12", orderedOn: "2026-11-02", ...chain },
    },
  });
  await imports.saveTreasuryCodes(treasurer, { office: entity.office, siope: entity.siope });
  keepWritten(written);
});

const outcome = { order: 12, payee: 1, amount: "100.00", outcome: "PAGATO" };
const movement = { order: 12, amount: "100.00", operation: "ESEGUITO", receipt: 7 };
const list =
  "esercizio;numero_mandato;progressivo_beneficiario;importo;esito;data;quietanza;beneficiario\n2026;12;1;100,00;PAGATO;10/11/2026;7;x\n";
const files = {
  "outcome message": outcomeMessage([outcome]),
  "cash journal": cashJournal([movement]),
  "journal of before OPI": olderJournal([movement]),
};

describe.each(Object.entries(files))("in each element of: %s", (_, file) => {
  it.each(planted.slice(0, 3))("%s", async (text) => {
    const places = [...file.matchAll(/>([^<>\s][^<>]*)</g)];
    expect(places.length).toBeGreaterThan(15);
    for (const { index } of places) {
      const end = file.indexOf("<", index);
      await bring(`${file.slice(0, index + 1)}${text}${file.slice(end)}`);
    }
    // In a comment, an attribute and an element that no schema has.
    const [tag = ""] = /<\w+>/.exec(file.slice(40)) ?? [];
    for (const more of [
      `<!-- ${text} -->${tag}`,
      tag.replace(">", ` a="${text}">`),
      `${tag}<nota>${text}</nota>`,
    ])
      await bring(file.replace(tag, more));
    expect(await kept()).toEqual([]);
  });
});

it.each(planted.slice(0, 3))("in each cell of a list: %s", async (text) => {
  const [heading = "", row = ""] = list.split("\n");
  const cells = row.split(";");
  for (const at of cells.keys())
    await bring(`${heading}\n${cells.map((cell, index) => (index === at ? text : cell)).join(";")}\n`);
  await bring(`${heading};${text}\n${row};${text}\n`);
  expect(await kept()).toEqual([]);
});

it("files that name people are read all the same, and their outcomes asked for", async () => {
  expect(read).toBeGreaterThan(100);
  expect(await db.outboxItem.count()).toBeGreaterThan(0);
});

it("in any column of a voters' roll", async () => {
  const [someone] = trialPeople;
  const numbers = [code, someone?.fiscalNumber ?? ""];
  for (const line of numbers.flatMap((one) => [`${one};${name};${accounts[0]}`, `${name};${one}`])) {
    const { fiscalNumbers, wrong } = readRoll(`codice_fiscale;nome\n${line}\n${name};${accounts[1]}\n`);
    await changeRoll(torino, fiscalNumbers, "add");
    // Whoever brought the file is told the numbers of its lines.
    expect(wrong.every((one) => typeof one === "number")).toBe(true);
  }
  expect(await db.rollPerson.count()).toBeGreaterThan(0);
  expect(await kept()).toEqual([]);
});

let read = 0;
/** Brings a file as far as it goes: read, confirmed, its outcomes queued. */
async function bring(file: string): Promise<void> {
  try {
    const draft = await imports.prepareImport(treasurer, [bytesOf(file)]);
    await imports.confirmImport(treasurer, draft, randomUUID());
    read += 1;
  } catch (error) {
    const { message, fields = {}, code: reason = "", params = {} } = error as Error & Record<string, never>;
    written.push(JSON.stringify({ message, fields, reason, params }));
  }
}

/** The secrets that any table, what was logged or a refusal holds. */
async function kept(): Promise<string[]> {
  const tables = await db.$queryRaw<{ schema: string; name: string }[]>`
    SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
    WHERE table_schema IN ('public', 'chain') AND table_type = 'BASE TABLE'`;
  expect(tables.length).toBeGreaterThan(40);
  const found: string[] = [];
  for (const { schema, name: table } of tables) {
    const rows = await db.$queryRawUnsafe<{ said: string }[]>(
      `SELECT lower(t::text) AS said FROM "${schema}"."${table}" t`,
    );
    for (const secret of secrets)
      if (rows.some(({ said }) => said.includes(secret))) found.push(`${secret} in ${schema}.${table}`);
  }
  const logged = written.splice(0).join("\n").toLowerCase();
  return [...found, ...secrets.filter((secret) => logged.includes(secret)).map((one) => `${one} was told`)];
}
