/** Choices that a drawing makes from the id of what it stands for: the same each time, different from its neighbour's. */
export class Variation {
  #state: number;

  constructor(seed: string) {
    // FNV-1a, 32 bits.
    this.#state = [...seed].reduce(
      (hash, sign) => Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193),
      0x811c9dc5,
    );
  }

  /** A whole number from `least` to `most`. */
  number(least: number, most: number): number {
    // Mulberry32.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const share = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    return least + Math.floor(share * (most - least + 1));
  }

  oneOf<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.number(0, choices.length - 1)] ?? choices[0];
  }
}
