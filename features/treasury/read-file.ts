import { readCashJournal } from "./cash-journal";
import { TreasuryFileError } from "./file-problem";
import { readOutcomeList } from "./outcome-list";
import { readOutcomeMessage } from "./outcome-message";
import type { TreasuryFile } from "./treasury-file";
import { readXml } from "./xml";

/** The only elements whose text is looked at: names, accounts and reasons are in others. */
const kept: ReadonlySet<string> = new Set([
  ...["Signature", "testata_messaggio", "identificativo_flusso_BT", "identificativo_flusso"],
  ...[
    "data_ora_creazione_flusso",
    "codice_ente",
    "codice_istat_ente",
    "codice_fiscale_ente",
    "codice_ente_BT",
  ],
  ...[
    "esito_reversali",
    "esito_mandati",
    "esercizio",
    "numero_mandato",
    "progressivo_beneficiario",
    "importo",
  ],
  ...["esito_operazione", "data_ora_esito_operazione"],
  ...[
    "pagina",
    "pagine_totali",
    "informazioni_conto_evidenza",
    "movimento_conto_evidenza",
    "numero_movimento",
  ],
  ...["tipo_documento", "tipo_operazione", "numero_documento", "progressivo_documento", "data_movimento"],
  ...["numero_bolletta_quietanza", "numero_bolletta_quietanza_storno"],
]);

/** Reads a file of a treasury by what it holds, whatever its name. @throws TreasuryFileError */
export function readTreasuryFile(bytes: Uint8Array): TreasuryFile {
  if (bytes.length === 0) throw new TreasuryFileError("treasury_file_empty");
  return looksLikeXml(bytes) ? readOpi(bytes) : readOutcomeList(bytes);
}

function readOpi(bytes: Uint8Array): TreasuryFile {
  const root = readXml(bytes, kept);
  if (root.name === "messaggi_esito_applicativo") return readOutcomeMessage(root);
  if (root.name === "flusso_giornale_di_cassa") return readCashJournal(root);
  throw new TreasuryFileError("treasury_file_unknown");
}

/** A list begins with the name of a column; XML, UTF-16 and signed envelopes do not. */
function looksLikeXml(bytes: Uint8Array): boolean {
  const start = bytes[firstInk(bytes)] ?? 0;
  return start === 0x3c || start === 0xff || start === 0xfe || (bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80);
}

/** Where the first byte is that is neither the mark of UTF-8 nor blank. */
function firstInk(bytes: Uint8Array): number {
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const at = bytes.findIndex((byte, index) => index >= from && ![0x20, 0x09, 0x0a, 0x0d].includes(byte));
  return at === -1 ? 0 : at;
}
