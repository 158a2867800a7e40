import type { ErrorParams } from "@/lib/errors";

export const fileProblems = [
  "treasury_file_too_large",
  "treasury_file_cut",
  "treasury_file_unreadable",
  "treasury_file_doctype",
  "treasury_file_encoding",
  "treasury_file_signed_envelope",
  "treasury_file_unknown",
  "treasury_file_element",
  "treasury_file_empty",
  "treasury_file_row",
  "treasury_file_columns",
] as const;
export type FileProblem = (typeof fileProblems)[number];

/** Why a file of a treasury is not taken. Its parameters never repeat what a row says: it may be somebody's name. */
export class TreasuryFileError extends Error {
  constructor(
    readonly code: FileProblem,
    readonly params: ErrorParams = {},
  ) {
    super(code);
    this.name = "TreasuryFileError";
  }
}
