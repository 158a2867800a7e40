/** What a pasted text may hold, and where a digest stands in a record. Pure. */

/** Codes of 64 hexadecimal characters in a text, such as a receipt; at most five, each once. */
export function codesIn(text: string): string[] {
  const found = text.toLowerCase().match(/(?<![0-9a-z])[0-9a-f]{64}(?![0-9a-z])/g) ?? [];
  return [...new Set(found)].slice(0, 5);
}

/** Largest file whose digest is computed here, megabytes: a browser holds it in memory as a whole. */
export const digestLimitMegabytes = 100;

/** Digests of bytes that anyone can hash again; any other digest is of a salted text. */
export const fileMembers = [
  "attachments",
  "file",
  "documentHash",
  "coDesignDocument",
  "hash",
  "evidence",
  "verificationReport",
] as const;
export type FileMember = (typeof fileMembers)[number];

/** The member of a record that holds a digest, however deep; undefined where it does not. */
export function memberHolding(record: unknown, digest: string, member = ""): string | undefined {
  if (record === digest) return member;
  if (typeof record !== "object" || record === null) return undefined;
  for (const [name, value] of Object.entries(record)) {
    const found = memberHolding(value, digest, Array.isArray(record) ? member : name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isFileMember(member: string | undefined): member is FileMember {
  return fileMembers.some((known) => known === member);
}
