/** The parts of a composite key: U+0000, then each part followed by U+0000. Empty for a key of another form. */
export function writtenParts(key: string): string[] {
  return key.startsWith("\0") && key.endsWith("\0") ? key.slice(1, -1).split("\0") : [];
}
