/** How many texts are kept, and how long the longest of them is. */
interface Bounds {
  readonly most: number;
  readonly longest: number;
}

/**
 * A function of a text alone that keeps what it gave for the latest texts; what it refuses it refuses each time. Whoever
 * calls it only looks at what it gives.
 */
export function keeping<T extends NonNullable<unknown>>(
  read: (text: string) => T,
  { most, longest }: Bounds,
): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = read(text);
    if (text.length > longest) return made;
    const [oldest] = kept.size >= most ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(text, made);
    return made;
  };
}
