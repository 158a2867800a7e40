/** `npm run workflow`: prints the workflow table to `docs/workflow`. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { printedFiles, printedFolder } from "@/features/workflow/print";
import messages from "@/messages/en.json";

await rm(printedFolder, { recursive: true, force: true });
await mkdir(printedFolder, { recursive: true });
for (const [name, text] of printedFiles(messages)) await writeFile(join(printedFolder, name), text);
process.stdout.write(`${printedFolder}/README.md\n`);
