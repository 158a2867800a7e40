import { promisify } from "node:util";
import { inflate } from "node:zlib";

/** Bytes that packed objects may unfold to, in one stream and in all, and how many streams: they are dictionaries. */
const MOST_IN_ONE = 8_000_000;
const MOST_IN_ALL = 32_000_000;
const MOST_STREAMS = 5_000;

const unfold = promisify(inflate);

export type PdfProblem = "file_protected" | "file_with_program" | "file_damaged";

/**
 * What PDF/A forbids because it harms whoever opens the file: encryption, scripts, programs that are started, films
 * that run code. Looks at the file's own objects and at those packed into streams.
 */
export async function pdfProblem(bytes: Buffer): Promise<PdfProblem | undefined> {
  const text = bytes.toString("latin1");
  if (encrypted.test(text)) return "file_protected";
  if (program.test(text)) return "file_with_program";
  let left = MOST_IN_ALL;
  let streams = 0;
  for (const packed of packedObjects(bytes, text)) {
    streams += 1;
    if (left <= 0 || streams > MOST_STREAMS) return "file_damaged";
    const objects = await unfolded(packed, Math.min(MOST_IN_ONE, left));
    if (objects === "too much") return "file_damaged";
    left -= objects.length;
    if (program.test(objects.toString("latin1"))) return "file_with_program";
  }
  return undefined;
}

/** What a stream unfolds to; nothing where it is packed otherwise than every writer of PDF does. */
async function unfolded(packed: Buffer, most: number): Promise<Buffer | "too much"> {
  try {
    return await unfold(packed, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return "too much";
    return Buffer.alloc(0);
  }
}

/** A name of PDF, any letter of which may be written by its number: `/JavaScript`, `/J#61vaScript`. */
function named(name: string): string {
  const letters = [...name].map((letter) => {
    const code = letter.charCodeAt(0).toString(16);
    return `(?:${letter}|#${code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)})`;
  });
  return `/${letters.join("")}(?![A-Za-z0-9])`;
}

// The trailer's entry, which is never packed: a reference or a dictionary follows.
const encrypted = new RegExp(`${named("Encrypt")}\\s*(?:\\d+\\s+\\d+\\s+R|<<)`);
const program = new RegExp(["JavaScript", "Launch", "RichMedia"].map(named).join("|"));
const objectStream = new RegExp(named("ObjStm"), "g");

/** The bytes of each stream of objects. */
function* packedObjects(bytes: Buffer, text: string): Generator<Buffer> {
  let at = 0;
  for (;;) {
    objectStream.lastIndex = at;
    const found = objectStream.exec(text);
    const start = found ? text.indexOf("stream", found.index) : -1;
    if (start < 0) return;
    const from = start + "stream".length + (text.startsWith("\r\n", start + "stream".length) ? 2 : 1);
    const end = text.indexOf("endstream", from);
    if (end < 0) return;
    yield bytes.subarray(from, end);
    at = end;
  }
}
