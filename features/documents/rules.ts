/** What may be uploaded, and how a text becomes a digest that gives nothing away. Pure: no I/O. */
import { canonicalJson } from "@/chaincode/src/protocol/canonical";

/** An act as its record on the ledger names it; `file` is the SHA-256 of the file's bytes. */
export type ActView = { kind: string; number: string; date: string; body: string; file: string };

/** Largest file, bytes. */
export const MAX_FILE_BYTES = 10_000_000;

/** Media types by the ending a file's name must have. What the bytes are is checked against both. */
export const fileTypes: Record<string, readonly string[]> = {
  "application/pdf": ["pdf"],
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/webp": ["webp"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/vnd.oasis.opendocument.text": ["odt"],
  "application/vnd.oasis.opendocument.spreadsheet": ["ods"],
};

/** Value of a file input's `accept`. */
export const acceptedEndings = Object.values(fileTypes)
  .flat()
  .map((ending) => `.${ending}`)
  .join(",");

export type FileProblem =
  | "file_empty"
  | "file_too_large"
  | "file_type_unknown"
  | "file_type_differs"
  | "file_cut";

/**
 * Judges a received file. `found` is the media type read from its bytes, `undefined` when none is known.
 * Returns the problem, or `undefined` for a file that may be kept.
 */
export function fileProblem(name: string, size: number, found: string | undefined): FileProblem | undefined {
  if (size === 0) return "file_empty";
  if (size > MAX_FILE_BYTES) return "file_too_large";
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const known = Object.values(fileTypes).some((endings) => endings.includes(ending));
  if (!known) return "file_type_unknown";
  return found && fileTypes[found]?.includes(ending) ? undefined : "file_type_differs";
}

/** A file's name as it may be shown and sent back: no folders, no control characters, at most 120 characters. */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? "";
  const clean = last.replace(/\p{C}/gu, "").trim();
  if (clean.length <= 120) return clean || "file";
  const dot = clean.lastIndexOf(".");
  const ending = dot > 0 ? clean.slice(dot).slice(0, 10) : "";
  return clean.slice(0, 120 - ending.length) + ending;
}

/** The bytes whose SHA-256 is the digest of a text or form: a 32-byte salt in hexadecimal, then canonical JSON. */
export function saltedBytes(salt: string, content: unknown): string {
  return `${salt}${canonicalJson(content)}`;
}
