/** How releases become one record (OCDS 1.1, "Merging"), for the members that our releases have. */

type Json = string | number | boolean | null | Json[] | { [member: string]: Json };
export type JsonObject = { [member: string]: Json };

/** Lists that a later release replaces whole though their parts have ids (`wholeListMerge` in the release schema). */
const replaced: ReadonlySet<string> = new Set(["additionalClassifications", "additionalIdentifiers"]);
const ofTheRelease: ReadonlySet<string> = new Set(["id", "date", "tag"]);

/** What `into` is after `release`; neither is changed. */
export function mergeRelease(into: JsonObject, release: JsonObject): JsonObject {
  const facts = Object.fromEntries(Object.entries(release).filter(([name]) => !ofTheRelease.has(name)));
  return mergeObjects(into, facts);
}

export function mergeObjects(into: JsonObject, from: JsonObject): JsonObject {
  const merged = { ...into };
  for (const [name, value] of Object.entries(from)) {
    const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
    if (isObject(value) && isObject(before)) merged[name] = mergeObjects(before, value);
    else if (isIdentified(value) && isIdentified(before) && !replaced.has(name))
      merged[name] = mergeLists(before, value);
    else merged[name] = value;
  }
  return merged;
}

/** Parts of the same id become one, others are added after those that were there. */
function mergeLists(before: readonly JsonObject[], after: readonly JsonObject[]): JsonObject[] {
  const list = [...before];
  for (const part of after) {
    const index = list.findIndex(({ id }) => id === part.id);
    const known = list[index];
    if (known) list[index] = mergeObjects(known, part);
    else list.push(part);
  }
  return list;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isIdentified(value: unknown): value is JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every((part) => isObject(part) && "id" in part);
}
