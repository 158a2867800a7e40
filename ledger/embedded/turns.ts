/** How long work goes on before whatever arrived in the meantime is looked at, in milliseconds. */
const turnMs = 2;

/**
 * Hands out turns on the one thread that everything runs on. Requests come in bursts, and each takes a part of a
 * millisecond: a burst worked off in one go would keep back its own first results, and the chaincode and the clients
 * would wait where they could work alongside.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isRunning = false;

  /** Resolves when it is the caller's turn; those who ask first go first. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const end = performance.now() + turnMs;
      for (let resolve = this.#waiting.shift(); resolve; resolve = this.#waiting.shift()) {
        resolve();
        // The one whose turn it is goes on before the next does.
        await undefined;
        if (performance.now() >= end) break;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#isRunning = false;
  }
}
