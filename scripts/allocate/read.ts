import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A file that cannot be read or counted; the message names it. */
export class FileError extends Error {
  override readonly name = "FileError";
}

/**
 * The text of a UTF-8 file. npm runs scripts in the package's folder, so a relative path that is not
 * there is looked for in the folder npm was called from. Throws FileError.
 */
export function readText(path: string): string {
  const here = resolve(path);
  const bytes = readBytes(path, existsSync(here) ? here : resolve(process.env.INIT_CWD ?? ".", path));
  if (bytes.length > 1 && (bytes.readUInt16LE() === 0xfeff || bytes.readUInt16BE() === 0xfeff)) {
    throw new FileError(`${path}:1:1: this is UTF-16 text; save it as UTF-8`);
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const wrong = text.indexOf("\uFFFD");
  if (wrong !== -1 && !isUtf8(bytes)) {
    const lines = text.slice(0, wrong).split(/\r\n|\n|\r/);
    throw new FileError(
      `${path}:${lines.length}:${[...(lines.at(-1) ?? "")].length + 1}: this is not UTF-8 text; save it as UTF-8`,
    );
  }
  return text;
}

function readBytes(path: string, resolved: string): Buffer {
  try {
    return readFileSync(resolved);
  } catch (error) {
    throw new FileError(`${path}: ${READ_PROBLEMS[codeOf(error)] ?? "it cannot be read"}`);
  }
}

const READ_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a folder, not a file",
  EACCES: "this file may not be read",
};

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
