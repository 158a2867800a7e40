import { readFile } from "node:fs/promises";
import { bundled, type ProgramSource } from "@/lib/programs";

/** The child of a supervisor that runs a program, named by its source. @throws Error where none does */
export async function processOf(supervisor: number, source: ProgramSource): Promise<number> {
  const children = await readFile(`/proc/${supervisor}/task/${supervisor}/children`, "utf8");
  for (const id of children.split(" ").filter(Boolean)) {
    const command = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
    if (command.split("\0").includes(bundled(source))) return Number(id);
  }
  throw new Error(`no process runs ${source}`);
}
