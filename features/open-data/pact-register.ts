/** The register of pacts as a table. */
import { type Column, type ColumnKind, columnsOf, type Value } from "@/lib/export/table";

export type RegisteredPact = {
  id: string;
  title: string;
  commons: string;
  form: string;
  state: string;
  version: number;
  /** SHA-256 of the PDF of this version. */
  documentHash: string;
  /** Those whose name is public, then how many have none. */
  parties: string[];
  startsOn: string;
  endsOn: string;
  committedCents: bigint;
  link: string;
  transactionId: string;
};

const kinds = {
  id: "identifier",
  title: "text",
  commons: "text",
  form: "text",
  state: "text",
  version: "count",
  parties: "text",
  starts_on: "day",
  ends_on: "day",
  committed_eur: "cents",
  document_sha256: "identifier",
  link: "text",
  transaction: "identifier",
} as const satisfies Record<string, ColumnKind>;

export type PactColumn = keyof typeof kinds;
export const pactColumnKeys = Object.keys(kinds) as PactColumn[];

export type PactWords = {
  heading: (column: PactColumn) => string;
  form: (form: string) => string;
  state: (state: string) => string;
};

export const ledgerWords: PactWords = {
  heading: (column) => column,
  form: (form) => form,
  state: (state) => state,
};

export function pactColumns({ heading }: PactWords): Column[] {
  return columnsOf(kinds, heading);
}

export function pactCells(pact: RegisteredPact, words: PactWords): Value[] {
  const cells: Record<PactColumn, Value> = {
    id: pact.id,
    title: pact.title,
    commons: pact.commons,
    form: words.form(pact.form),
    state: words.state(pact.state),
    version: pact.version,
    parties: pact.parties.join("; "),
    starts_on: pact.startsOn,
    ends_on: pact.endsOn,
    committed_eur: pact.committedCents,
    document_sha256: pact.documentHash,
    link: pact.link,
    transaction: pact.transactionId,
  };
  return pactColumnKeys.map((key) => cells[key]);
}
