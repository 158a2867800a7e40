/** Everything that the opener does by itself. */
import type { SealedLedger } from "../sealed/ledger";
import { isFrozen } from "../sealed/round-view";
import type { Rounds } from "../sealed/rounds";
import type { ServiceKeys } from "../sealed/service-keys";
import { Casting } from "./casting";
import { Finishing } from "./finishing";
import type { OpenerStore } from "./store";

export interface OpenerOptions {
  readonly store: OpenerStore;
  readonly keys: ServiceKeys;
  readonly rounds: Rounds;
  readonly ledger: SealedLedger;
  readonly now?: () => number;
}

export class Opener {
  readonly #casting: Casting;
  readonly #finishing: Finishing;

  constructor(private readonly options: OpenerOptions) {
    const { store, ledger, rounds, now } = options;
    this.#casting = new Casting(store, ledger, now);
    this.#finishing = new Finishing(store, ledger, rounds);
  }

  async work(): Promise<void> {
    const { rounds, keys, ledger } = this.options;
    await rounds.workOnEach(async (round) => {
      await keys.offer(round, ledger);
      if (!isFrozen(round) || round.published || !(await keys.isOwn(round))) return;
      if (round.frozen.phase === "open") await this.#casting.work(round);
      await this.#finishing.work(round);
    });
  }
}
