import Busboy from "@fastify/busboy";
import { Refusal } from "./refusal";

/** What a form may hold. */
export type FormLimits = { fields: number; files: number };

type FormFile = { type: string; name: string; bytes: Buffer };
export type FormEntry = { name: string; value: string | FormFile };

const LONGEST_NAME = 200;
const LONGEST_VALUE_BYTES = 1_000_000;
const LONGEST_PARSE_MS = 10_000;

/**
 * The entries of a multipart body, in their order.
 * @throws Refusal for a body that is damaged or holds more than `limits` allows
 */
export async function readMultipart(body: Buffer, type: string, limits: FormLimits): Promise<FormEntry[]> {
  const parser = newParser(type, limits);
  const entries: FormEntry[] = [];
  await new Promise<void>((resolve, reject) => {
    const refuse = (refusal: Refusal) => {
      clearTimeout(timer);
      reject(refusal);
      parser.removeAllListeners();
      parser.on("error", () => undefined);
      parser.destroy();
    };
    const damaged = () => refuse(new Refusal(400, "form_not_readable"));
    const tooLarge = () => refuse(new Refusal(413, "form_too_large"));
    const timer = setTimeout(damaged, LONGEST_PARSE_MS);
    parser.on("field", (name, value, _, truncated) => {
      if (truncated) tooLarge();
      else if (typeof name !== "string" || name.length > LONGEST_NAME) damaged();
      else entries.push({ name, value });
    });
    parser.on("file", (field, stream, name, _, mediaType) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      if (typeof field !== "string" || field.length > LONGEST_NAME) damaged();
      else {
        // Where no file was chosen some clients send an empty name, others none.
        const file: FormFile = { type: mediaType, name: name ?? "", bytes: Buffer.alloc(0) };
        entries.push({ name: field, value: file });
        stream.on("end", () => {
          file.bytes = Buffer.concat(chunks);
        });
      }
    });
    for (const limit of ["fieldsLimit", "filesLimit", "partsLimit"] as const) parser.on(limit, tooLarge);
    parser.on("error", damaged);
    parser.on("finish", () => {
      clearTimeout(timer);
      resolve();
    });
    parser.end(body);
  });
  return entries;
}

function newParser(type: string, limits: FormLimits) {
  try {
    return new Busboy({
      headers: { "content-type": type },
      limits: {
        fields: limits.fields,
        files: limits.files,
        parts: limits.fields + limits.files,
        fieldSize: LONGEST_VALUE_BYTES,
        headerPairs: 20,
        headerSize: 8_000,
      },
    });
  } catch {
    throw new Refusal(400, "form_not_readable");
  }
}

/**
 * The entries as a multipart body of our own: whatever reads it next finds exactly what was checked here, however
 * it would have read the body as it came.
 */
export function writeMultipart(entries: readonly FormEntry[], boundary: string): Buffer {
  const parts = entries.flatMap(({ name, value }) => {
    const disposition = `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"`;
    if (typeof value === "string") return [Buffer.from(`${disposition}\r\n\r\n${value}\r\n`)];
    const type = /^[\w.+-]+\/[\w.+-]+$/.test(value.type) ? value.type : "application/octet-stream";
    const head = `${disposition}; filename="${quoted(value.name)}"\r\ncontent-type: ${type}\r\n\r\n`;
    return [Buffer.from(head), value.bytes, Buffer.from("\r\n")];
  });
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}

function quoted(text: string): string {
  return text.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22").replaceAll("\\", "%5C");
}

/** @throws Refusal for more fields than `limits` allows */
export function readUrlEncoded(body: Buffer, limits: FormLimits): FormEntry[] {
  const text = body.toString();
  if (text.split("&", limits.fields + 1).length > limits.fields) throw new Refusal(413, "form_too_large");
  return [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
}
