/** What an issuer does by itself: takes the roll, makes and offers keys, draws for the order among equals, reports. */
import { log } from "@/lib/log";
import { legalDay } from "@/protocol/days";
import { base64, hex } from "../sealed/forms";
import { LedgerRefusal, type SealedLedger } from "../sealed/ledger";
import { type FrozenRound, isFrozen, type RoundView } from "../sealed/round-view";
import type { Rounds } from "../sealed/rounds";
import type { Store } from "../sealed/store";
import type { Enrolments } from "./enrolments";
import type { IssuerKeys } from "./keys";
import { type Roll, RollRefused } from "./roll";

/** As many keys as one transaction offers. */
const KEYS_AT_ONCE = 20;

export interface DutiesOptions {
  readonly store: Store;
  readonly keys: IssuerKeys;
  readonly roll: Roll;
  readonly enrolments: Enrolments;
  readonly rounds: Rounds;
  readonly ledger: SealedLedger;
  /** Where copies of rolls are handed over. */
  readonly rolls: string;
  readonly now?: () => number;
}

export class Duties {
  readonly #refused = new Set<string>();

  constructor(private readonly options: DutiesOptions) {}

  async work(): Promise<void> {
    await this.options.rounds.workOnEach(async (round) => {
      if (!(await this.#takeRoll(round))) return;
      if (!isFrozen(round)) await this.#offer(round);
      else if (round.frozen.phase !== "annulled" && !round.listed) await this.#report(round);
    });
  }

  /** Without the roll that was announced it offers no key: the round cannot be frozen on a false one. */
  async #takeRoll(round: RoundView): Promise<boolean> {
    const { roll, rolls } = this.options;
    if (roll.has(round.id)) return true;
    try {
      return await roll.take(round, rolls);
    } catch (error) {
      if (!(error instanceof RollRefused)) throw error;
      if (!this.#refused.has(round.id)) log.error({ round: round.id, err: error }, "the roll is refused");
      this.#refused.add(round.id);
      return false;
    }
  }

  async #offer(round: RoundView): Promise<void> {
    const { keys, ledger } = this.options;
    const { municipality, id } = round;
    const offered = new Set(
      round.issuerKeys.filter(({ issuer }) => issuer === keys.issuer).map(({ area }) => area),
    );
    const missing = keys.areasOf(round.areas).filter((area) => !offered.has(area));
    const tie = round.ties.find(({ issuer }) => issuer === keys.issuer);
    const areas = missing.filter((area) => area > 0);
    const posting = missing.includes(0) ? base64(await keys.ensure(id, 0)) : undefined;
    let first = true;
    for (let at = 0; at < areas.length || (first && (posting || !tie?.committed)); at += KEYS_AT_ONCE) {
      const offers = [];
      for (const area of areas.slice(at, at + KEYS_AT_ONCE))
        offers.push({ area, modulus: base64(await keys.ensure(id, area)) });
      await ledger.submit("sealed:offerKeys", {
        ...{ municipality, round: id, keys: offers },
        ...(first && posting && { posting }),
        ...(first && !tie?.committed && { tieCommitment: hex(keys.tieCommitment(id)) }),
      });
      first = false;
    }
    const allCommitted = [1, 2, 3].every((issuer) =>
      round.ties.some((one) => one.issuer === issuer && one.committed),
    );
    if (allCommitted && !tie?.revealed)
      await ledger.submit("sealed:revealTie", { municipality, round: id, reveal: hex(keys.tieNumber(id)) });
  }

  /** Once a day; of the last one once nothing more is issued, because ballots are compared with what is told last. */
  async #report(round: FrozenRound): Promise<void> {
    const { store, enrolments, ledger, now = Date.now } = this.options;
    const day = await ledger.day(round.municipality);
    const closes = round.frozen.closesAt.getTime();
    if (day >= legalDay(closes) && now() < closes) return;
    const done = store.prepare("SELECT 1 FROM report WHERE round = ? AND day = ?").get(round.id, day);
    if (done) return;
    const areas = round.areas.map(({ number }) => number);
    const told = enrolments.report(round.id, areas, now());
    try {
      await ledger.submit("sealed:reportIssued", {
        municipality: round.municipality,
        round: round.id,
        day,
        ...told,
      });
    } catch (error) {
      // The report of this day is there: this issuer was ended before it had noted so.
      if (!(error instanceof LedgerRefusal && error.code === "already_exists")) throw error;
    }
    store.prepare("INSERT OR IGNORE INTO report (round, day) VALUES (?, ?)").run(round.id, day);
  }
}
