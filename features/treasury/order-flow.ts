/** Ordered payments as an OPI flow, version 1.7.1, for the accounting program to complete and sign. Pure. */
import { decimalOf } from "@/lib/export/table";
import { xmlAttribute } from "@/lib/export/xml-text";
import type { CompleteCodes } from "./codes-schema";
import type { OrderKey } from "./order-number";

export type OrderRow = {
  key: OrderKey;
  orderedOn: string;
  amountCents: number;
  /** Decides between the two SIOPE codes of the settings. */
  lineKind: "current" | "investment";
  payee: { name: string; taxCode: string | null };
  cup: string | null;
  act: { kind: string; number: string; date: string };
  reason: string;
};

const stampDuties = {
  exempt: "ESENTE BOLLO",
  entity: "ASSOGGETTATO BOLLO A CARICO ENTE",
  payee: "ASSOGGETTATO BOLLO A CARICO BENEFICIARIO",
};

/**
 * A flow that enters orders of one financial year. It says nothing of accounts: no account of a payee is kept here, and
 * the program that has them writes them in before it signs.
 * @param rows at least one, each of its own key
 * @param createdAt as treasuries write times: Italian, without offset
 */
export function writeOrderFlow(
  codes: CompleteCodes,
  rows: readonly OrderRow[],
  { id, createdAt }: { id: string; createdAt: string },
): string {
  const orders = Map.groupBy(rows, ({ key }) => key.order);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    element("flusso_ordinativi", [
      element("testata_flusso", [
        element("codice_ABI_BT", codes.bankCode),
        element("identificativo_flusso", id),
        element("data_ora_creazione_flusso", createdAt),
        element("codice_ente", codes.office),
        element("descrizione_ente", codes.entityName),
        element("codice_istat_ente", codes.siope),
        element("codice_fiscale_ente", codes.taxCode),
        element("codice_tramite_ente", codes.ownChannel),
        element("codice_tramite_BT", codes.bankChannel),
        element("codice_ente_BT", codes.bankEntity),
      ]),
      element("esercizio", String(rows[0]?.key.year ?? "")),
      ...[...orders.values()].map((ofOrder) => orderElement(codes, ofOrder)),
    ]),
    "\n",
  ].join("");
}

function orderElement(codes: CompleteCodes, rows: readonly OrderRow[]): string {
  const [first] = rows;
  if (!first) return "";
  const { kind, number, date } = first.act;
  return element("mandato", [
    element("tipo_operazione", "INSERIMENTO"),
    element("numero_mandato", String(first.key.order)),
    element("data_mandato", first.orderedOn),
    element("importo_mandato", euro(rows.reduce((sum, { amountCents }) => sum + amountCents, 0))),
    element("estremi_provvedimento_autorizzativo", `${kind.replaceAll("_", " ")} n. ${number} del ${date}`),
    ...rows.map((row) => payeeElement(codes, row)),
  ]);
}

function payeeElement(codes: CompleteCodes, row: OrderRow): string {
  const amount = euro(row.amountCents);
  return element("informazioni_beneficiario", [
    element("progressivo_beneficiario", String(row.key.payee)),
    element("importo_beneficiario", amount),
    element("tipo_pagamento", "SEPA CREDIT TRANSFER"),
    element("classificazione", [
      element("codice_cgu", row.lineKind === "current" ? codes.currentCode : codes.investmentCode),
      ...(row.cup === null ? [] : [element("codice_cup", row.cup)]),
      element("importo", amount),
      element("classificazione_dati_siope_uscite", [element("tipo_debito_siope_nc", "NON_COMMERCIALE")]),
    ]),
    element("bollo", [
      element("assoggettamento_bollo", stampDuties[codes.stampDuty]),
      ...(codes.stampDuty === "exempt" && codes.stampDutyReason
        ? [element("causale_esenzione_bollo", codes.stampDutyReason)]
        : []),
    ]),
    element("beneficiario", [
      element("anagrafica_beneficiario", row.payee.name),
      ...(row.payee.taxCode === null ? [] : [element("codice_fiscale_beneficiario", row.payee.taxCode)]),
    ]),
    // As long as a transfer's reason may be.
    element("causale", [...row.reason].slice(0, 140).join("")),
  ]);
}

function euro(cents: number): string {
  return decimalOf(BigInt(cents), ".");
}

function element(name: string, content: string | readonly string[]): string {
  const inside =
    typeof content === "string" ? quotable(content.replaceAll(/\s+/g, " ").trim()) : content.join("");
  return `<${name}>${inside}</${name}>`;
}

/** As XML takes it between quotes of either kind too: accounting programs are not all alike. */
function quotable(text: string): string {
  return xmlAttribute(text).replaceAll("'", "&apos;");
}
