import { readFile } from "node:fs/promises";

/** The child of a supervisor that runs a program. @throws Error where none does */
export async function processOf(supervisor: number, program: string): Promise<number> {
  const children = await readFile(`/proc/${supervisor}/task/${supervisor}/children`, "utf8");
  for (const id of children.split(" ").filter(Boolean)) {
    const command = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
    if (command.split("\0").includes(program)) return Number(id);
  }
  throw new Error(`no process runs ${program}`);
}
