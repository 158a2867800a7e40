import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TreasuryFileError } from "./file-problem";
import { readTreasuryFile } from "./read-file";
import { bytesOf, cashJournal, entity, olderJournal, outcomeMessage, person } from "./test/files";

const read = (text: string) => readTreasuryFile(bytesOf(text));
const problemOf = (bytes: Uint8Array) => {
  try {
    readTreasuryFile(bytes);
  } catch (error) {
    if (error instanceof TreasuryFileError) return error.code;
    throw error;
  }
  return undefined;
};
const problem = (text: string) => problemOf(bytesOf(text));

const paid = { order: 12, payee: 2, amount: "1234.50", outcome: "PAGATO" };
const row = { order: 12, payee: 2, amount: "1234.50", operation: "ESEGUITO", receipt: 77 };

describe("outcome messages", () => {
  it("give key, exact cents, outcome and day, and count what is of receipts", () => {
    const file = read(outcomeMessage([paid], { receipts: 2 }));
    expect(file).toMatchObject({
      ...{ source: "outcomes", flow: "ESITO-1", page: 1, pages: 1, signed: true, others: 2 },
      createdAt: "2026-11-10T18:00:00.000Z",
      entity: { office: entity.office, siope: entity.siope, taxCode: entity.taxCode, bank: entity.bank },
    });
    expect(file.movements).toEqual([
      {
        ...{ source: "outcomes", year: 2026, order: 12, payee: 2, operation: "paid", amountCents: 123_450 },
        ...{ on: "2026-11-10", receipt: null, mark: "2026-11-10T12:00:00.000Z", ownFlow: false },
      },
    ]);
  });

  it.each([
    ["PAGATO", "paid"],
    ["STORNATO", "reversed"],
    ["REGOLARIZZATO", "regularised"],
    ["NON ESEGUIBILE", "not_executable"],
    ["ANNULLATO", "cancelled"],
    ["SOSTITUITO", "replaced"],
    ["ACQUISITO", "noted"],
    ["NON REGOLARIZZATO", "noted"],
  ])("reads %s as %s", (outcome, operation) => {
    expect(read(outcomeMessage([{ ...paid, outcome }])).movements[0]?.operation).toBe(operation);
  });

  it("may speak of a whole order without amount, and of a flow that was written here", () => {
    const file = read(
      outcomeMessage([{ order: 3, outcome: "NON ESEGUIBILE", flow: "COCITY-001272-20261101" }]),
    );
    expect(file.movements[0]).toMatchObject({ order: 3, payee: null, amountCents: null, ownFlow: true });
  });
});

describe("cash journals", () => {
  it("give payment orders with their receipt, and count the rest", () => {
    const reversed = { ...row, amount: "-1234.50", operation: "STORNATO", reversalReceipt: 88 };
    const file = read(
      cashJournal([row, reversed, { ...row, document: "SOSPESO USCITA" }], { page: 2, pages: 3 }),
    );
    expect(file).toMatchObject({
      ...{ source: "journal", flow: "GDC-20261110ABCDEF1234", page: 2, pages: 3, others: 1 },
    });
    expect(file.movements).toMatchObject([
      { year: 2026, order: 12, payee: 2, operation: "paid", amountCents: 123_450, receipt: "77", mark: "1" },
      { operation: "reversed", amountCents: 123_450, receipt: "88", mark: "2" },
    ]);
  });

  it("are read with the header of OIL, in Latin letters", () => {
    const text = olderJournal([{ ...row, on: "2016-03-03" }]).replace(entity.name, "Comune di Agliè");
    const file = readTreasuryFile(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
    expect(file).toMatchObject({ flow: "GDC1", page: 1, pages: 1, signed: false });
    expect(file.entity).toEqual({ office: entity.taxCode, bank: entity.bank });
    expect(file.movements[0]).toMatchObject({ year: 2016, on: "2016-03-03" });
  });

  it("may have prefixes of namespaces and a byte order mark", () => {
    const text = cashJournal([row]).replaceAll(/<(\/?)(?=[a-z])(?!ds:)/g, "<$1opi:");
    expect(read(`\ufeff${text}`).movements).toHaveLength(1);
  });
});

describe("lists", () => {
  const head = "esercizio;numero_mandato;progressivo_beneficiario;importo;esito;data;quietanza\r\n";

  it("are read as spreadsheets write them, rows without outcome passed over", () => {
    const file = read(`\ufeff${head}2026;'12;2;1234,50;pagato;3/11/2026;77\r\n2026;13;;9,00;;;\r\n`);
    expect(file).toMatchObject({ source: "csv", others: 1 });
    expect(file.movements).toMatchObject([
      {
        year: 2026,
        order: 12,
        payee: 2,
        operation: "paid",
        amountCents: 123_450,
        on: "2026-11-03",
        receipt: "77",
      },
    ]);
  });

  it("take columns in another order, commas, and others beside", () => {
    const text =
      "data,esito,importo,note,progressivo_beneficiario,numero_mandato,esercizio\n2026-11-03,STORNATO,-5.00,x,,4,2026\n";
    expect(read(text).movements).toMatchObject([
      { order: 4, payee: 1, operation: "reversed", amountCents: 500, receipt: null },
    ]);
  });

  it.each([
    ["2026;12;1;1,234;PAGATO;2026-11-03;", "importo"],
    ["2026;12;1;1,23;FORSE;2026-11-03;", "esito"],
    ["2026;12;1;1,23;PAGATO;31/02/2026;", "data"],
    ["26;12;1;1,23;PAGATO;2026-11-03;", "esercizio"],
    ["2026;Rossi;1;1,23;PAGATO;2026-11-03;", "numero_mandato"],
  ])("name line and column of what cannot be read, without repeating it: %s", (line, column) => {
    expect(() => read(`${head}${line}\n`)).toThrow(
      expect.objectContaining({ code: "treasury_file_row", params: { line: 2, column } }),
    );
  });

  it("say which columns are missing", () => {
    expect(() => read("a;b\n1;2\n")).toThrow(expect.objectContaining({ code: "treasury_file_columns" }));
  });
});

describe("what is refused", () => {
  const journal = cashJournal([row]);

  it("names the reason", () => {
    expect(problem("")).toBe("treasury_file_empty");
    expect(problem("<a/>")).toBe("treasury_file_unknown");
    expect(problem(journal.slice(0, -40))).toBe("treasury_file_cut");
    expect(problem(journal.replace("<pagina>", "<pagina"))).toBe("treasury_file_unreadable");
    expect(problem(journal.replace("UTF-8", "EBCDIC"))).toBe("treasury_file_encoding");
    expect(problem(journal.replace("ESEGUITO", "FATTO"))).toBe("treasury_file_element");
    expect(problem(journal.replace("1234.50", "1234.505"))).toBe("treasury_file_element");
    expect(problem(journal.replace("2026-11-10T", "2026-13-10T"))).toBe("treasury_file_element");
    expect(problem(journal.replace("<esercizio>2026", "<esercizio>1026"))).toBe("treasury_file_element");
    expect(problem(cashJournal([row], { page: 4, pages: 3 }))).toBe("treasury_file_element");
    expect(problemOf(Uint8Array.of(0x30, 0x82, 1, 2))).toBe("treasury_file_signed_envelope");
    expect(problemOf(Uint8Array.of(0x3c, 0xc3, 0x28))).toBe("treasury_file_encoding");
  });

  it("has no document type and no entity of its own", () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "file:///etc/passwd">]>';
    expect(problem(journal.replace("?>", `?>${bomb}`))).toBe("treasury_file_doctype");
    expect(problem(journal.replace(person.name, "&d;"))).toBe("treasury_file_unreadable");
  });

  it("is deeper or larger than any treasury writes", () => {
    expect(problem(`${"<a>".repeat(100)}${"</a>".repeat(100)}`)).toBe("treasury_file_too_large");
    expect(problemOf(new Uint8Array(10_000_001).fill(0x3c))).toBe("treasury_file_too_large");
  });
});

describe("people", () => {
  it("are nowhere in what is read", () => {
    for (const text of [outcomeMessage([paid]), cashJournal([row]), olderJournal([row])]) {
      expect(text).toContain(person.iban);
      const kept = JSON.stringify(read(text));
      for (const part of Object.values(person)) expect(kept).not.toContain(part);
    }
  });
});

describe("any bytes", () => {
  it("are read, or refused with one of the reasons", () => {
    const files = [outcomeMessage([paid, paid]), cashJournal([row, row]), olderJournal([row])].map(bytesOf);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.nat(5000),
        (file, changes, length) => {
          const bytes = file.slice(0, length);
          for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
          problemOf(bytes);
        },
      ),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => problemOf(bytes) !== undefined));
  });
});
