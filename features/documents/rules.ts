/** What may be uploaded, and how a text becomes a digest that gives nothing away. Pure: no I/O. */
import { canonicalJson } from "@/protocol/canonical-json";

/** An act as its record on the ledger names it; `file` is the SHA-256 of the file's bytes. */
export type ActView = { kind: string; number: string; date: string; body: string; file: string };

/** Largest file, bytes. */
export const MAX_FILE_BYTES = 10_000_000;

/** Media types by the endings a file's name may have. What the bytes are is checked against both. */
export const fileTypes: Record<string, readonly string[]> = {
  "application/pdf": ["pdf"],
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/webp": ["webp"],
  "image/heic": ["heic", "heif"],
  "image/heif": ["heic", "heif"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/vnd.oasis.opendocument.text": ["odt"],
  "application/vnd.oasis.opendocument.spreadsheet": ["ods"],
};

const endings = [...new Set(Object.values(fileTypes).flat())];

/** Value of a file input's `accept`. */
export const acceptedEndings = endings.map((ending) => `.${ending}`).join(",");

/** What Office writes in place of a document that is protected by a password. */
const CONTAINER_OF_A_PROTECTED_DOCUMENT = "application/x-cfb";

export type FileProblem =
  | "file_empty"
  | "file_too_large"
  | "file_type_unknown"
  | "file_type_differs"
  | "file_protected"
  | "file_cut";

/** Codes of what a browser finds wrong by itself with a file, or with sending it. */
export const uploadErrors = [
  ...(["file_missing", "file_empty", "file_too_large", "file_type_unknown"] as const),
  ...(["file_cut", "unavailable"] as const),
] as const;

/** Judges a file by its name and size alone, as can be done before it is sent. A name may have no ending. */
export function nameProblem(name: string, size: number): FileProblem | undefined {
  if (size === 0) return "file_empty";
  if (size > MAX_FILE_BYTES) return "file_too_large";
  const ending = endingOf(name);
  return ending === undefined || endings.includes(ending) ? undefined : "file_type_unknown";
}

/**
 * Judges a received file. `found` is the media type read from its bytes, `undefined` when none is known.
 * Returns the problem, or `undefined` for a file that may be kept.
 */
export function fileProblem(name: string, size: number, found: string | undefined): FileProblem | undefined {
  const problem = nameProblem(name, size);
  if (problem) return problem;
  const ending = endingOf(name);
  const expected = found === undefined ? undefined : fileTypes[found];
  if (ending === undefined) return expected ? undefined : "file_type_unknown";
  if (expected?.includes(ending)) return undefined;
  return found === CONTAINER_OF_A_PROTECTED_DOCUMENT && ["docx", "xlsx"].includes(ending)
    ? "file_protected"
    : "file_type_differs";
}

/** The name with the ending that its media type has, where it has none or one of another type. */
export function withEnding(name: string, mediaType: string): string {
  const expected = fileTypes[mediaType];
  const ending = endingOf(name);
  if (!expected?.[0] || (ending !== undefined && expected.includes(ending))) return name;
  const stem = ending === undefined ? name.replace(/\.$/, "") : name.slice(0, -ending.length - 1);
  return `${stem}.${expected[0]}`;
}

/** What stands behind the last dot, in small letters; `undefined` where there is nothing. */
function endingOf(name: string): string | undefined {
  const dot = name.lastIndexOf(".");
  return dot < 0 || dot === name.length - 1 ? undefined : name.slice(dot + 1).toLowerCase();
}

/** The bytes whose SHA-256 is the digest of a text or form: a 32-byte salt in hexadecimal, then canonical JSON. */
export function saltedBytes(salt: string, content: unknown): string {
  return `${salt}${canonicalJson(content)}`;
}
