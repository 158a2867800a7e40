import type { PabulibDocument } from "./document";

/** A `.pb` file with LF line ends; fields are quoted where they have to be. `parsePabulib` reads it back the same. */
export function writePabulib(document: PabulibDocument): string {
  const lines = ["META", "key;value"];
  for (const entry of document.meta) lines.push(record(entry));
  lines.push("PROJECTS", record(document.projectColumns));
  for (const row of document.projects) lines.push(record(row));
  lines.push("VOTES", record(document.voteColumns));
  for (const row of document.votes) lines.push(record(row));
  return `${lines.join("\n")}\n`;
}

function record(fields: readonly string[]): string {
  return fields.map(quoted).join(";");
}

function quoted(field: string): string {
  return field.startsWith('"') || /[;\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
