/** The functions a folder of TypeScript exports, with names and types of their parameters, read from its text. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export type Parameter = { name: string; type: string };
export type Exported = { file: string; name: string; parameters: Parameter[] };

/** Exported functions, also those wrapped by `cache(…)`, of the files whose name ends as asked. */
export async function exportedFunctions(folder: string, ending: RegExp): Promise<Exported[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => ending.test(file)).sort();
  const found = await Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      const text = await readFile(path, "utf8");
      return [...text.matchAll(declaration)].flatMap((match): Exported[] => {
        const open = text.indexOf("(", match.index + match[0].length - 1);
        const parameters = splitTop(text.slice(open + 1, closing(text, open))).map(parameter);
        return [{ file: path, name: match[1] ?? match[2] ?? "", parameters }];
      });
    }),
  );
  return found.flat();
}

const declaration =
  /^export (?:async )?function (\w+)(?:<[^(]*>)?\(|^export const (\w+) = cache\(\s*(?:async )?\(/gm;

function parameter(written: string): Parameter {
  const text = written.replace(/^\.{3}/, "");
  const destructured = text.startsWith("{");
  const end = destructured ? closing(text, 0) + 1 : (/^\w+/.exec(text)?.[0].length ?? 0);
  const type = text
    .slice(end)
    .replace(/^\??\s*:?\s*/, "")
    .replace(/\s+/g, " ");
  return { name: destructured ? "" : text.slice(0, end), type };
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if ("([{".includes(text[at] ?? "")) depth += 1;
    if (")]}".includes(text[at] ?? "")) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`no end of what opens at ${open}`);
}

function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const [at, letter] of [...text].entries()) {
    if ("([{<".includes(letter)) depth += 1;
    // The > of an arrow closes nothing.
    if (")]}".includes(letter) || (letter === ">" && text[at - 1] !== "=")) depth -= 1;
    if (letter === "," && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += letter;
  }
  return [...parts, part.trim()].filter(Boolean);
}
