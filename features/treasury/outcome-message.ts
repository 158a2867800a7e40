import type { Movement, Operation } from "./movement";
import { isOwnFlow } from "./own-flow";
import type { TreasuryFile } from "./treasury-file";
import type { Element } from "./xml";
import * as fields from "./xml-fields";

const operations: Record<string, Operation> = {
  ACQUISITO: "noted",
  "NON ACQUISITO": "noted",
  VARIATO: "noted",
  "NON VARIATO": "noted",
  ANNULLATO: "cancelled",
  "NON ANNULLATO": "noted",
  SOSTITUITO: "replaced",
  "NON SOSTITUITO": "noted",
  PAGATO: "paid",
  STORNATO: "reversed",
  REGOLARIZZATO: "regularised",
  "NON REGOLARIZZATO": "noted",
  "NON ESEGUIBILE": "not_executable",
};

/** A *messaggio di esito applicativo*, OPI 1.3 to 1.7.1. @throws TreasuryFileError */
export function readOutcomeMessage(root: Element): TreasuryFile {
  const header = fields.childOf(root, "testata_messaggio") ?? fields.wrong(root, "testata_messaggio");
  return {
    source: "outcomes",
    flow: fields.needed(root, "identificativo_flusso_BT").slice(0, 100),
    ...{ page: 1, pages: 1 },
    createdAt: fields.instantIn(header, "data_ora_creazione_flusso"),
    entity: fields.entityIn(header),
    signed: fields.childOf(root, "Signature") !== undefined,
    movements: root.children.filter(({ name }) => name === "esito_mandati").map(movementOf),
    others: root.children.filter(({ name }) => name === "esito_reversali").length,
  };
}

function movementOf(row: Element): Movement {
  const operation = operations[fields.needed(row, "esito_operazione")];
  const hasAmount = fields.optional(row, "importo") !== undefined;
  return {
    source: "outcomes",
    year: fields.yearIn(row),
    order: fields.wholeNumber(row, "numero_mandato", 9_999_999),
    payee: fields.optionalNumber(row, "progressivo_beneficiario", 9_999_999),
    operation: operation ?? fields.wrong(row, "esito_operazione"),
    amountCents: hasAmount ? fields.amountIn(row, "importo") : null,
    on: fields.dayIn(row, "data_ora_esito_operazione"),
    receipt: null,
    mark: fields.instantIn(row, "data_ora_esito_operazione"),
    ownFlow: isOwnFlow(fields.needed(row, "identificativo_flusso")),
  };
}
