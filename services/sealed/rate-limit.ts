/** How often one address or person may ask. Kept in memory alone: an address is written nowhere. */
export class RateLimit {
  readonly #counts = new Map<string, number>();
  #until = 0;

  /** @param most within each window */
  constructor(
    private readonly most: number,
    private readonly windowMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts one; false once there were too many. */
  take(key: string): boolean {
    const now = this.now();
    if (now >= this.#until) {
      this.#counts.clear();
      this.#until = now + this.windowMs;
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= this.most;
  }
}
