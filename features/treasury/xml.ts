/** XML from outside as a small tree: within bounds, without document types, with the text of chosen elements alone. Pure. */
import { SaxesParser } from "saxes";
import { TreasuryFileError } from "./file-problem";

export type Element = { name: string; children: Element[]; text: string; line: number };

/** Largest file of a treasury, bytes. */
export const MOST_BYTES = 10_000_000;
const MOST_ELEMENTS = 600_000;
const MOST_DEPTH = 24;
/** The longest text of an element that is kept. */
const MOST_TEXT = 200;
const CHUNK = 65_536;

/**
 * Reads a document. Elements of other names than those of `kept` are passed over with all that is in them: what they say
 * is never held. Prefixes of namespaces are taken off.
 * @throws TreasuryFileError
 */
export function readXml(bytes: Uint8Array, kept: ReadonlySet<string>): Element {
  if (bytes.length > MOST_BYTES)
    throw new TreasuryFileError("treasury_file_too_large", { limit: MOST_BYTES / 1_000_000 });
  const text = textOf(bytes);
  // The text is decoded already: what its declaration says of an encoding has had its effect.
  const parser = new SaxesParser({ xmlns: false, position: true });
  const open: (Element | undefined)[] = [];
  let root: Element | undefined;
  let elements = 0;
  let ended = false;
  parser.on("doctype", () => {
    throw new TreasuryFileError("treasury_file_doctype");
  });
  parser.on("error", () => {
    throw new TreasuryFileError(ended ? "treasury_file_cut" : "treasury_file_unreadable", {
      line: parser.line,
    });
  });
  parser.on("opentag", ({ name }) => {
    elements += 1;
    if (elements > MOST_ELEMENTS || open.length >= MOST_DEPTH)
      throw new TreasuryFileError("treasury_file_too_large", { limit: MOST_BYTES / 1_000_000 });
    const local = name.slice(name.indexOf(":") + 1);
    const parent = open.at(-1);
    const isKept = open.length === 0 || (parent !== undefined && kept.has(local));
    const element = isKept ? { name: local, children: [], text: "", line: parser.line } : undefined;
    if (element) parent?.children.push(element);
    if (open.length === 0) root = element;
    open.push(element);
  });
  const addText = (piece: string) => {
    const element = open.at(-1);
    if (element && element.text.length <= MOST_TEXT) element.text += piece.slice(0, MOST_TEXT + 1);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    open.pop();
  });
  for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK));
  ended = true;
  parser.close();
  if (!root) throw new TreasuryFileError("treasury_file_cut", { line: parser.line });
  return root;
}

/** Encodings that treasuries declare; any other is refused rather than guessed. */
const encodings: Record<string, string> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "utf-8",
  "iso-8859-1": "windows-1252",
  "iso-8859-15": "iso-8859-15",
  "windows-1252": "windows-1252",
};

function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0x30 && (second ?? 0) >= 0x80) throw new TreasuryFileError("treasury_file_signed_envelope");
  if (first === 0xff && second === 0xfe) return decode("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return decode("utf-16be", bytes);
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, 200));
  const declared =
    /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head)?.[1];
  const encoding = declared === undefined ? "utf-8" : encodings[declared.toLowerCase()];
  if (!encoding) throw new TreasuryFileError("treasury_file_encoding");
  return decode(encoding, bytes);
}

function decode(encoding: string, bytes: Uint8Array): string {
  try {
    // Some programs put a blank line before the declaration, which XML does not allow.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).trimStart();
  } catch {
    throw new TreasuryFileError("treasury_file_encoding");
  }
}
