import { unzipSync } from "fflate";

export type OfficeProblem = "file_protected" | "file_with_program" | "file_damaged";

/** Where Office and LibreOffice keep macros within a document. */
const macros = /(?:^|\/)vbaProject\.bin$|^(?:Basic|Scripts)\/./i;
const manifest = "META-INF/manifest.xml";
/** A list of parts of a document; one larger than this is none. */
const MOST_MANIFEST_BYTES = 1_000_000;

/** What is wrong with a document that is a ZIP archive of parts. Only names are read, and the list of the parts. */
export function officeProblem(bytes: Uint8Array): OfficeProblem | undefined {
  const names: string[] = [];
  try {
    const { [manifest]: parts } = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.push(name);
        return name === manifest && originalSize <= MOST_MANIFEST_BYTES;
      },
    });
    if (parts && Buffer.from(parts).includes("encryption-data")) return "file_protected";
  } catch {
    return "file_damaged";
  }
  return names.some((name) => macros.test(name)) ? "file_with_program" : undefined;
}
