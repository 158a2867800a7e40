import { readFileSync } from "node:fs";

/**
 * How long a process has been asked in vain whether it moves. The time in which it wanted to run and the machine gave
 * the processor to others does not count: it is slow then, and ending it would only make the machine slower.
 */
export class Silence {
  readonly #limitSeconds: number;
  #seconds = 0;
  #before: Waited | undefined;

  constructor(limitSeconds: number) {
    this.#limitSeconds = limitSeconds;
  }

  broken(): void {
    this.#seconds = 0;
  }

  /**
   * @param seconds since it was asked the last time, without an answer
   * @param waited until now, all in all
   * @returns whether it has been silent for as long as it may
   */
  lasts(seconds: number, waited: Waited): boolean {
    const { process, machine } = this.#before ?? waited;
    this.#before = waited;
    // Its first thread may also wait for another one that has no processor, but a machine is not busy for ever.
    const pressed = Math.min(waited.machine - machine, seconds * MOST_PRESSED);
    this.#seconds += Math.max(0, seconds - Math.max(waited.process - process, pressed));
    return this.#seconds >= this.#limitSeconds;
  }
}

/** Seconds without a processor: of a process's first thread, and in which anything on the machine had none. */
export type Waited = { process: number; machine: number };

/** The largest share of a silence that a busy machine excuses. */
const MOST_PRESSED = 0.75;

/** As Linux counts it; elsewhere nothing. */
export function waitedForProcessor(pid: number | undefined): Waited {
  return {
    process: numberIn(`/proc/${pid}/schedstat`, /^\d+ (\d+)/) / 1e9,
    machine: numberIn("/proc/pressure/cpu", /^some .*total=(\d+)/) / 1e6,
  };
}

function numberIn(file: string, pattern: RegExp): number {
  try {
    return Number(pattern.exec(readFileSync(file, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
