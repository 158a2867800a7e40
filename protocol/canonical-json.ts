/**
 * Canonical JSON after RFC 8785 for the values used here: strings, booleans, null, safe integers, arrays, objects.
 * Object members are sorted by UTF-16 code units; members that are `undefined` are left out.
 *
 * @throws {TypeError} on a number that is not a safe integer, or any other kind of value.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}`);
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const members = value as Record<string, unknown>;
    let text = "";
    // Without a comparison of its own `sort` orders texts by UTF-16 code units.
    for (const name of Object.keys(members).sort()) {
      const member = members[name];
      if (member === undefined) continue;
      text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(member)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`no canonical form: ${typeof value}`);
}
