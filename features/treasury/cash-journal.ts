import type { Movement, Operation } from "./movement";
import { isOwnFlow } from "./own-flow";
import type { TreasuryFile } from "./treasury-file";
import type { Element } from "./xml";
import * as fields from "./xml-fields";

const operations: Record<string, Operation> = {
  ESEGUITO: "paid",
  STORNATO: "reversed",
  REGOLARIZZATO: "regularised",
  RIPRISTINATO: "restored",
};

/** What OPI 1.7.1 puts behind the flow's id for each page. */
const pageMark = /#\d{3}#\d{3}$/;

/**
 * A *giornale di cassa*: OPI 1.7.1, the versions before it, which have a period and no pages, and OIL, whose header is
 * not an element of its own. @throws TreasuryFileError
 */
export function readCashJournal(root: Element): TreasuryFile {
  const header = fields.childOf(root, "testata_messaggio") ?? root;
  const flow =
    fields.optional(root, "identificativo_flusso_BT") ?? fields.needed(header, "identificativo_flusso");
  const page = fields.optionalNumber(root, "pagina", 9_999_999) ?? 1;
  const pages = fields.optionalNumber(root, "pagine_totali", 9_999_999) ?? 1;
  if (page < 1 || page > pages) fields.wrong(root, "pagina");
  const year = fields.yearIn(root);
  const accounts = root.children.filter(({ name }) => name === "informazioni_conto_evidenza");
  if (accounts.length === 0) fields.wrong(root, "informazioni_conto_evidenza");
  const rows = accounts.flatMap(({ children }) =>
    children.filter(({ name }) => name === "movimento_conto_evidenza"),
  );
  const orders = rows.filter((row) => fields.needed(row, "tipo_documento") === "MANDATO");
  return {
    source: "journal",
    flow: flow.replace(pageMark, "").slice(0, 100),
    ...{ page, pages },
    createdAt: fields.instantIn(header, "data_ora_creazione_flusso"),
    entity: fields.entityIn(header),
    signed: fields.childOf(root, "Signature") !== undefined,
    movements: orders.map((row) => movementOf(row, year)),
    others: rows.length - orders.length,
  };
}

function movementOf(row: Element, year: number): Movement {
  const operation = operations[fields.needed(row, "tipo_operazione")] ?? fields.wrong(row, "tipo_operazione");
  const reversal =
    operation === "reversed" ? fields.receiptIn(row, "numero_bolletta_quietanza_storno") : null;
  return {
    source: "journal",
    year,
    order: fields.wholeNumber(row, "numero_documento", 9_999_999),
    payee: fields.wholeNumber(row, "progressivo_documento", 9_999_999),
    operation,
    amountCents: fields.amountIn(row, "importo"),
    on: fields.dayIn(row, "data_movimento"),
    receipt: reversal ?? fields.receiptIn(row, "numero_bolletta_quietanza"),
    mark: numberOf(row),
    ownFlow: isOwnFlow(fields.optional(row, "identificativo_flusso") ?? ""),
  };
}

/** The journal's own number of a row: nothing but digits is kept. */
function numberOf(row: Element): string {
  const number = fields.optional(row, "numero_movimento") ?? "";
  return /^\d{0,18}$/.test(number) ? number : fields.wrong(row, "numero_movimento");
}
