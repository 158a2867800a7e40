/** Files as treasuries write them, invented, valid by the schemas of OPI: for tests alone. */

export const entity = {
  office: "UFABCD",
  name: "Comune di prova",
  siope: "000123456",
  taxCode: "00514490010",
  bank: "0001234",
};

/** Somebody who must never be seen again once a file has been read. */
export const person = {
  name: "Rossi Maria",
  iban: "IT60X0542811101000000123456",
  taxCode: "RSSMRA70A41F205Z",
};

/** An empty structure in the place of the signature that a treasury puts there. */
export const signature = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>
<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>
<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
<ds:Reference URI=""><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AA==</ds:DigestValue></ds:Reference>
</ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue></ds:Signature>`;

type Header = { createdAt?: string; office?: string; siope?: string };

const header = ({
  createdAt = "2026-11-10T18:00:00",
  office = entity.office,
  siope = entity.siope,
}: Header) => `
<testata_messaggio><codice_ABI_BT>01234</codice_ABI_BT><data_ora_creazione_flusso>${createdAt}</data_ora_creazione_flusso>
<codice_ente>${office}</codice_ente><descrizione_ente>${entity.name}</descrizione_ente>
<codice_istat_ente>${siope}</codice_istat_ente><codice_fiscale_ente>${entity.taxCode}</codice_fiscale_ente>
<codice_tramite_ente>A2A-00000001</codice_tramite_ente><codice_tramite_BT>A2A-00000002</codice_tramite_BT>
<codice_ente_BT>${entity.bank}</codice_ente_BT></testata_messaggio>`;

export type OutcomeRow = {
  year?: number;
  order: number;
  payee?: number;
  amount?: string;
  outcome: string;
  at?: string;
  flow?: string;
};

export function outcomeMessage(
  rows: readonly OutcomeRow[],
  options: Header & { flow?: string; receipts?: number } = {},
) {
  const outcomes = rows.map(
    ({
      year = 2026,
      order,
      payee,
      amount,
      outcome,
      at = "2026-11-10T12:00:00",
      flow = "F-1",
    }) => `<esito_mandati>
<identificativo_flusso>${flow}</identificativo_flusso><esercizio>${year}</esercizio><numero_mandato>${order}</numero_mandato>
${payee === undefined ? "" : `<progressivo_beneficiario>${payee}</progressivo_beneficiario>`}
${amount === undefined ? "" : `<importo>${amount}</importo>`}<esito_operazione>${outcome}</esito_operazione>
<data_ora_esito_operazione>${at}</data_ora_esito_operazione>
<lista_errori><descrizione>${person.name} ${person.iban}</descrizione></lista_errori></esito_mandati>`,
  );
  const receipts = Array.from(
    { length: options.receipts ?? 0 },
    (
      _,
      index,
    ) => `<esito_reversali><identificativo_flusso>F-1</identificativo_flusso><esercizio>2026</esercizio>
<numero_reversale>${index + 1}</numero_reversale><esito_operazione>RISCOSSO</esito_operazione>
<data_ora_esito_operazione>2026-11-10T12:00:00</data_ora_esito_operazione></esito_reversali>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<messaggi_esito_applicativo>${header(options)}<identificativo_flusso_BT>${options.flow ?? "ESITO-1"}</identificativo_flusso_BT>
${outcomes.join("")}${receipts.join("")}${signature}</messaggi_esito_applicativo>`;
}

export type JournalRow = {
  number?: number;
  document?: string;
  operation: string;
  order: number;
  payee?: number;
  amount: string;
  receipt?: number;
  reversalReceipt?: number;
  on?: string;
};

function journalRow(row: JournalRow, index: number): string {
  const {
    number = index + 1,
    document = "MANDATO",
    operation,
    order,
    payee = 1,
    amount,
    on = "2026-11-10",
  } = row;
  return `<movimento_conto_evidenza><identificativo_flusso>F-1</identificativo_flusso><numero_movimento>${number}</numero_movimento>
<tipo_movimento>USCITA</tipo_movimento><tipo_documento>${document}</tipo_documento><tipo_operazione>${operation}</tipo_operazione>
<numero_documento>${order}</numero_documento><progressivo_documento>${payee}</progressivo_documento><importo>${amount}</importo>
${row.receipt === undefined ? "" : `<numero_bolletta_quietanza>${row.receipt}</numero_bolletta_quietanza>`}
${row.reversalReceipt === undefined ? "" : `<numero_bolletta_quietanza_storno>${row.reversalReceipt}</numero_bolletta_quietanza_storno>`}
<data_movimento>${on}</data_movimento><data_movimento_siope>${on}</data_movimento_siope><tipo_esecuzione>SEPA CREDIT TRANSFER</tipo_esecuzione>
<coordinate>${person.iban}</coordinate><assoggettamento_bollo>ESENTE BOLLO</assoggettamento_bollo><cliente><anagrafica_cliente>${person.name}</anagrafica_cliente>
<codice_fiscale_cliente>${person.taxCode}</codice_fiscale_cliente></cliente><causale>Contributo a ${person.name}</causale></movimento_conto_evidenza>`;
}

const account = (rows: readonly JournalRow[]) =>
  `<informazioni_conto_evidenza><conto_evidenza>1</conto_evidenza>${rows.map(journalRow).join("")}</informazioni_conto_evidenza>`;

export function cashJournal(
  rows: readonly JournalRow[],
  options: Header & { page?: number; pages?: number; flow?: string; year?: number } = {},
) {
  const { page = 1, pages = 1, flow = "GDC-20261110ABCDEF1234", year = 2026 } = options;
  const three = (number: number) => String(number).padStart(3, "0");
  return `<?xml version="1.0" encoding="UTF-8"?>
<flusso_giornale_di_cassa>${header(options)}<identificativo_flusso_BT>${flow}#${three(page)}#${three(pages)}</identificativo_flusso_BT>
<pagina>${page}</pagina><pagine_totali>${pages}</pagine_totali><esercizio>${year}</esercizio><data_riferimento_GdC>2026-11-10</data_riferimento_GdC>
${account(rows)}${signature}</flusso_giornale_di_cassa>`;
}

/** As OIL wrote it before there was OPI: the header is not an element of its own, a period instead of pages. */
export function olderJournal(rows: readonly JournalRow[]) {
  return `<?xml version="1.0" encoding="ISO-8859-1"?>
<flusso_giornale_di_cassa><codice_ABI_BT>01234</codice_ABI_BT><identificativo_flusso>GDC1</identificativo_flusso>
<data_ora_creazione_flusso>2016-03-04T10:00:00</data_ora_creazione_flusso><codice_ente>${entity.taxCode}</codice_ente>
<descrizione_ente>${entity.name}</descrizione_ente><codice_ente_BT>${entity.bank}</codice_ente_BT><esercizio>2016</esercizio>
<data_inizio_periodo_riferimento>2016-03-03</data_inizio_periodo_riferimento><data_fine_periodo_riferimento>2016-03-03</data_fine_periodo_riferimento>
${account(rows)}</flusso_giornale_di_cassa>`;
}

export const bytesOf = (text: string) => new TextEncoder().encode(text);
