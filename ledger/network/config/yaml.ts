export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

/**
 * Writes plain data as YAML 1.2 in block style. Every text is quoted as JSON does, so that nothing in it can be
 * taken for a number, a boolean or a reference.
 */
export function toYaml(value: Yaml, comment?: string): string {
  const head = comment
    ? `${comment
        .split("\n")
        .map((line) => `# ${line}`.trimEnd())
        .join("\n")}\n`
    : "";
  return `${head}${block(value, 0).replace(/^\n/, "")}\n`;
}

function block(value: Yaml, depth: number): string {
  const indent = "  ".repeat(depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return " []";
    return value.map((item: Yaml) => `\n${indent}-${listItem(item, depth)}`).join("");
  }
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value);
    if (entries.length === 0) return " {}";
    return entries
      .map(([key, item]) => `\n${indent}${JSON.stringify(key)}:${block(item, depth + 1)}`)
      .join("");
  }
  return ` ${JSON.stringify(value)}`;
}

/** A mapping starts on the line of its dash. */
function listItem(item: Yaml, depth: number): string {
  const text = block(item, depth + 1);
  return text.startsWith("\n") ? ` ${text.trimStart()}` : text;
}
