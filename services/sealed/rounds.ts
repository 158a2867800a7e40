/** The sealed rounds, looked up on the ledger again when what is known is too old for the question. */
import type { SealedLedger } from "./ledger";
import type { RoundView } from "./round-view";
import { logFailure } from "./work";

const FRESH_MS = 5_000;
/** Before a round is refused that the ledger may have frozen or opened a moment ago. */
const LEAST_MS = 500;

export class Rounds {
  #known = new Map<string, RoundView>();
  #at = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;

  constructor(
    private readonly ledger: SealedLedger,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * While the ledger is away what was known last is taken: closing times are frozen.
   * @param isEnough what is known has to say for the question to be answered; otherwise it is looked up sooner
   */
  async find(
    id: string,
    isEnough: (round: RoundView) => boolean = () => true,
  ): Promise<RoundView | undefined> {
    const known = this.#known.get(id);
    const oldest = known && isEnough(known) ? FRESH_MS : LEAST_MS;
    if (this.now() - this.#at > oldest) await this.look().catch(() => undefined);
    return this.#known.get(id);
  }

  /**
   * Does what is due in each round, in turn, but not in annulled ones: the ledger takes nothing for them. A round whose
   * work fails is told of in the log, so that it keeps no other from its turn.
   * @throws what the ledger throws when it is asked for the rounds
   */
  async workOnEach(work: (round: RoundView) => Promise<unknown>): Promise<void> {
    await this.look();
    for (const round of [...this.#known.values()]) {
      if (round.frozen?.phase === "annulled") continue;
      try {
        await work(round);
      } catch (error) {
        logFailure({ round: round.id }, error);
      }
    }
  }

  /** @throws what the ledger throws */
  look(): Promise<void> {
    this.#looking ??= this.ledger
      .rounds()
      .then((rounds) => {
        this.#known = new Map(rounds.map((round) => [round.id, round]));
        this.#at = this.now();
      })
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }
}
