import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { hasSharedData, sharedData } from "@/tests/voting/shared-data";
import type { CompleteCodes } from "./codes-schema";
import { type OrderRow, writeOrderFlow } from "./order-flow";
import { cashJournal, entity, outcomeMessage, signature } from "./test/files";

const codes: CompleteCodes = {
  ...{ office: entity.office, siope: entity.siope, taxCode: entity.taxCode, bankEntity: entity.bank },
  ...{ bankCode: "01234", entityName: entity.name, ownChannel: "A2A-00000001", bankChannel: "A2A-00000002" },
  ...{
    currentCode: "1040401001",
    investmentCode: "2030401001",
    stampDuty: "exempt",
    stampDutyReason: "D.Lgs. 117/2017, art. 82",
  },
};
const order: OrderRow = {
  key: { year: 2026, order: 12, payee: 1 },
  ...{ orderedOn: "2026-11-03", amountCents: 123_450, lineKind: "current", cup: "C13D21000000006" },
  payee: { name: 'Associazione "Cortile" & amici', taxCode: "00514490010" },
  act: { kind: "determina", number: "7/2026", date: "2026-10-30" },
  reason: "Contributo per il cortile",
};
const flow = { id: "COCITY-001272-20261103", createdAt: "2026-11-03T10:00:00" };
/** As the accounting program sends it on. */
const signed = (xml: string) => xml.replace("</flusso_ordinativi>", `${signature}</flusso_ordinativi>`);

describe("an order flow", () => {
  it("enters each order once, with its payees and their sum", () => {
    const second = { ...order, key: { ...order.key, payee: 2 }, amountCents: 50 };
    const xml = writeOrderFlow(codes, [order, second, { ...order, key: { ...order.key, order: 13 } }], flow);
    expect(xml.match(/<mandato>/g)).toHaveLength(2);
    expect(xml).toContain(
      "<numero_mandato>12</numero_mandato><data_mandato>2026-11-03</data_mandato><importo_mandato>1235.00<",
    );
    expect(xml).toContain("Associazione &quot;Cortile&quot; &amp; amici");
    expect(xml).not.toContain("<iban>");
  });
});

describe.runIf(hasSharedData("opi"))("by the schemas of OPI", () => {
  it("orders are valid, whatever words they hold", async () => {
    const word = fc.string({ unit: "binary", minLength: 1, maxLength: 200 }).map((text) => `a${text}`);
    const rows = fc.sample(
      fc.record({
        key: fc.record({
          year: fc.constant(2026),
          order: fc.integer({ min: 1, max: 9_999_999 }),
          payee: fc.constant(1),
        }),
        orderedOn: fc.constant("2026-11-03"),
        amountCents: fc.integer({ min: 1, max: 10 ** 13 - 1 }),
        lineKind: fc.constantFrom("current" as const, "investment" as const),
        payee: fc.record({ name: word, taxCode: fc.constantFrom(null, "00514490010") }),
        cup: fc.constantFrom(null, "C13D21000000006"),
        act: fc.record({ kind: fc.constant("presa_d_atto"), number: word, date: fc.constant("2026-10-30") }),
        reason: word,
      }),
      200,
    );
    const once = [...new Map(rows.map((row) => [row.key.order, row])).values()];
    expect(
      await errorsOf("OPI_FLUSSO_ORDINATIVI_V_1_7_1.xsd", signed(writeOrderFlow(codes, once, flow))),
    ).toEqual([]);
    expect(
      await errorsOf("OPI_FLUSSO_ORDINATIVI_V_1_7_1.xsd", signed(writeOrderFlow(codes, [order], flow))),
    ).toEqual([]);
    const wrong = signed(writeOrderFlow({ ...codes, office: "X" }, [order], flow));
    expect(await errorsOf("OPI_FLUSSO_ORDINATIVI_V_1_7_1.xsd", wrong)).not.toEqual([]);
  });

  it("the files that tests read are valid as well", async () => {
    const outcome = { order: 12, payee: 2, amount: "1234.50", outcome: "PAGATO" };
    const row = {
      order: 12,
      payee: 2,
      amount: "-1234.50",
      operation: "STORNATO",
      receipt: 77,
      reversalReceipt: 78,
    };
    expect(
      await errorsOf("OPI_MSG_ESITO_APPLICATIVO_V_1_6_1.xsd", outcomeMessage([outcome], { receipts: 1 })),
    ).toEqual([]);
    expect(await errorsOf("OPI_GIORNALE_DI_CASSA_V_1_7_1.xsd", cashJournal([row]))).toEqual([]);
  });
});

async function errorsOf(schema: string, xml: string): Promise<string[]> {
  const file = async (fileName: string) => ({
    fileName,
    contents: await readFile(sharedData(`opi/${fileName}`), "utf8"),
  });
  const { errors } = await validateXML({
    xml: { fileName: "file.xml", contents: xml },
    schema: await file(schema),
    preload: await Promise.all(["OPI_GLOBAL_V_1_6_1.xsd", "xmldsig-core-schema.xsd"].map(file)),
  });
  return errors.map(({ message }) => message);
}
