/** The files that treasuries give back, read without what they say of people. Pure. */
import type { Movement, Source } from "./movement";

/** Codes by which a file says whose it is; those that it does not have are left out. */
export type EntityCodes = {
  /** *Codice univoco ufficio* of the IPA. */
  office?: string;
  /** *Codice ISTAT (SIOPE)*. */
  siope?: string;
  taxCode?: string;
  /** The bank's own number for the entity. */
  bank?: string;
};

export type TreasuryFile = {
  source: Source;
  /** The flow or message, the same for all its pages; null for a list, which has none. */
  flow: string | null;
  page: number;
  pages: number;
  /** When the treasury wrote it, as an instant that can be compared; null for a list. */
  createdAt: string | null;
  entity: EntityCodes;
  /** That it has a signature (XML-DSig). Whether the signature is right is not looked at. */
  signed: boolean;
  movements: Movement[];
  /** Rows of receipts and of what is no payment order. */
  others: number;
};
