/** JSON in which no object names a member twice: parsers differ in which of two they take. */

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/**
 * Reads JSON like `JSON.parse`.
 *
 * @returns the value, or `undefined` when the text is not JSON or an object in it names a member twice
 */
export function parseUniqueJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return hasRepeatedMember(text) ? undefined : value;
}

/** Whether valid JSON names a member twice in one object, escapes resolved. */
function hasRepeatedMember(text: string): boolean {
  const open: Set<string>[] = [];
  let last: string | undefined;
  for (const [token] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":" && last !== undefined) {
      const name = JSON.parse(last) as string;
      const names = open.at(-1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
    last = token.startsWith('"') ? token : undefined;
  }
  return false;
}
