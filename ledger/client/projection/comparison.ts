import { setTimeout as sleep } from "node:timers/promises";
import { parseBlock } from "../../evidence/block";
import { ChainError } from "../../evidence/errors";
import type { Block } from "../../evidence/types";
import { isSameBlock, patience } from "../confirmation";
import type { LedgerGateway } from "../gateway";

/** Between two comparisons, milliseconds: each stands for all blocks before. */
const everyMs = 1_000;
/** Before an organisation is asked again that did not answer, or was not as far. */
const againMs = 5_000;

/**
 * Compares the chain that the tables follow with every organisation's. Each block bears the hash of the one before it, so
 * the last one stands for all.
 */
export class ChainComparison {
  #latest: Block | undefined;
  /** The last block that was compared, and whether every organisation had it. */
  #compared: { number: number; everywhere: boolean; at: number } = { number: -1, everywhere: true, at: 0 };

  constructor(private readonly gateway: LedgerGateway) {}

  /** Told of each last block that is in the tables. */
  reached(block: Block): void {
    this.#latest = block;
  }

  /**
   * Goes on until the signal ends it. An organisation that does not answer, or is not as far yet, is waited for.
   * @throws ChainError when an organisation's peer has another block than the tables
   */
  async run(signal: AbortSignal): Promise<void> {
    const { organisations } = this.gateway.connection;
    const endpoints = new Set(organisations.flatMap(({ peers }) => peers.map(({ endpoint }) => endpoint)));
    // One machine would only be compared with itself.
    if (endpoints.size < 2) return;
    while (!signal.aborted) {
      const latest = this.#latest;
      if (latest && this.#isDue(latest)) {
        const everywhere = await this.#isEverywhere(latest);
        this.#compared = { number: latest.number, everywhere, at: Date.now() };
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  #isDue({ number }: Block): boolean {
    const { number: compared, everywhere, at } = this.#compared;
    return number !== compared || (!everywhere && Date.now() >= at + againMs);
  }

  async #isEverywhere(block: Block): Promise<boolean> {
    const testimonies = await this.gateway.testimonies({ number: block.number }, patience);
    let everywhere = true;
    for (const { mspId, peer, said } of testimonies) {
      if (said.what === "nothing" || (said.what === "none" && said.height <= block.number)) {
        everywhere = false;
        continue;
      }
      if (said.what === "block" && isSameBlock(parseBlock(said.bytes), block)) continue;
      const fault = `${mspId}'s peer ${peer} has another block than the tables`;
      throw new ChainError(block.number, "previousHash", fault);
    }
    return everywhere;
  }
}
