/** What is looked at, and made anew, before a received file is kept. */
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { InvalidInputError, TooMuchError, UnavailableError } from "@/lib/errors";
import { drop, keep, type ReceivedFile, receive } from "./disk";
import { safeFileName } from "./file-name";
import { officeProblem } from "./office-contents";
import { pdfProblem } from "./pdf-contents";
import { isPicture, remakePicture } from "./picture-service";
import { fileProblem, MAX_FILE_BYTES, withEnding } from "./rules";
import { scanFile } from "./scanner-service";

/** A picture made anew may be somewhat larger than it came. */
const MOST_REMADE_BYTES = 3 * MAX_FILE_BYTES;

/** A file that is kept, and the name it has. */
export type KeptFile = Pick<ReceivedFile, "hash" | "size"> & { name: string; mediaType: string };

/**
 * Receives a file, scans it, looks at what it holds and makes a picture anew; then keeps it. Of a file that is refused
 * nothing is left. `announced` is the length the browser gave: fewer bytes mean that the file arrived cut.
 * @throws TooMuchError over the size limit; InvalidInputError on `field` for any other file that is not kept;
 * UnavailableError where files cannot be examined now
 */
export async function takeIn(
  file: { name: string; stream: Readable; announced?: number },
  field: string,
): Promise<KeptFile> {
  const received = await receive(file.stream);
  let kept = received;
  try {
    const name = safeFileName(file.name);
    const mediaType = judged(received, name, file.announced, field);
    await scanFile(received.path, field);
    if (isPicture(mediaType)) kept = await remade(received.path, mediaType, field);
    else await requireHarmless(received.path, mediaType, field);
    const type = kept.mediaType ?? mediaType;
    await keep(kept);
    return { hash: kept.hash, size: kept.size, name: safeFileName(withEnding(name, type)), mediaType: type };
  } finally {
    // What was kept has been moved from where it was received.
    await drop(received);
    await drop(kept);
  }
}

/** The media type of a file that may be kept by its name, its size and its first bytes. */
function judged(received: ReceivedFile, name: string, announced: number | undefined, field: string): string {
  const { size, mediaType, whole } = received;
  const cut = !whole || (announced !== undefined && announced !== size);
  const problem = fileProblem(name, size, mediaType) ?? (cut ? "file_cut" : undefined);
  if (problem === "file_too_large") throw new TooMuchError(problem, { limit: MAX_FILE_BYTES / 1_000_000 });
  if (problem || mediaType === undefined) throw refusal(field, problem ?? "file_type_unknown");
  return mediaType;
}

async function requireHarmless(path: string, mediaType: string, field: string): Promise<void> {
  const bytes = await readFile(path);
  const problem = mediaType === "application/pdf" ? await pdfProblem(bytes) : officeProblem(bytes);
  if (problem) throw refusal(field, problem);
}

async function remade(path: string, mediaType: string, field: string): Promise<ReceivedFile> {
  const picture = await remakePicture(path, mediaType, field);
  const file = await receive(Readable.from([picture.bytes]), MOST_REMADE_BYTES);
  if (file.whole && file.mediaType === picture.mediaType) return file;
  await drop(file);
  throw new UnavailableError();
}

function refusal(field: string, problem: string): InvalidInputError {
  return new InvalidInputError({ [field]: problem }, problem);
}
