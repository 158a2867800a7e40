/** Those who wait for the chain to grow. */
export class HeightWaiters {
  private readonly waiting = new Set<{
    readonly height: number;
    readonly resolve: () => void;
    readonly reject: (reason: unknown) => void;
  }>();

  /** Resolves once the height is above `height`; rejects with the signal's reason. */
  above(height: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        this.waiting.delete(waiter);
        reject(signal?.reason);
      };
      const waiter = {
        height,
        resolve: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        reject,
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.waiting.add(waiter);
    });
  }

  reached(height: number): void {
    for (const waiter of this.waiting) {
      if (waiter.height >= height) continue;
      this.waiting.delete(waiter);
      waiter.resolve();
    }
  }

  reject(reason: unknown): void {
    for (const waiter of this.waiting) waiter.reject(reason);
    this.waiting.clear();
  }
}
