/** After the end: tells the ledger, lists, has superseded envelopes purged, publishes those that stand. Each step may be tried again. */
import { z } from "zod";
import { decodeCast } from "@/voting/sealed/cast";
import { base64, hex } from "../sealed/forms";
import { LedgerRefusal, type SealedLedger } from "../sealed/ledger";
import { type FrozenRound, sealedRound } from "../sealed/round-view";
import type { Rounds } from "../sealed/rounds";
import type { OpenerStore } from "./store";

const Listed = z.object({ done: z.boolean() });
const Purged = z.object({ left: z.int().nonnegative() });

const PUBLISHED_AT_ONCE = 100;
/** So many steps at a time; then the other rounds have their turn. */
const STEPS = 50;

export class Finishing {
  constructor(
    private readonly store: OpenerStore,
    private readonly ledger: SealedLedger,
    private readonly rounds: Rounds,
  ) {}

  async work(round: FrozenRound): Promise<void> {
    await this.#endReception(round);
    if (round.frozen.phase !== "closed" || round.published) return;
    const { municipality, id } = round;
    if (!round.listed && !(await this.#repeat("sealed:list", round, Listed, ({ done }) => done))) return;
    await this.rounds.look();
    const listed = (await this.rounds.find(id)) as FrozenRound;
    if (listed.superseded > 0 && !(await this.#purge(listed))) return;
    this.store.forgetSuperseded(id);
    for (;;) {
      const ballots = this.store.toPublish(id, listed.openedAreas ?? [], PUBLISHED_AT_ONCE);
      if (ballots.length === 0) break;
      const envelopes = ballots.map((ballot) => {
        const { envelope } = decodeCast(sealedRound(round), this.store.bytes(id, ballot));
        return { area: ballot.area, key: hex(ballot.voter), seq: ballot.seq, envelope: base64(envelope) };
      });
      await this.#publish({ municipality, round: id, envelopes });
      this.store.setPublished(id, ballots);
    }
    await this.ledger.submit("sealed:completePublication", { municipality, round: id });
  }

  async #endReception(round: FrozenRound): Promise<void> {
    const ended = this.store.ended(round.id);
    if (!ended || round.receptionEnded) return;
    await this.ledger.submit("sealed:endReception", {
      ...{ municipality: round.municipality, round: round.id },
      ...{ count: ended.count, order: hex(ended.order) },
      relaySignature: hex(ended.relaySignature),
      copyKeeperSignature: hex(ended.copySignature),
    });
  }

  async #publish(input: Parameters<SealedLedger["submit"]>[1]): Promise<void> {
    try {
      await this.ledger.submit("sealed:publish", input);
    } catch (error) {
      // The same envelopes together as before: they are there, and this opener was ended before it had noted so.
      if (!(error instanceof LedgerRefusal && error.code === "already_exists")) throw error;
    }
  }

  async #purge(round: FrozenRound): Promise<boolean> {
    try {
      return await this.#repeat("sealed:purge", round, Purged, ({ left }) => left === 0);
    } catch (error) {
      // All of them were purged before this opener was ended.
      if (error instanceof LedgerRefusal && error.code === "nothing_left") return true;
      throw error;
    }
  }

  /** @returns whether it is done; if not, it goes on the next time */
  async #repeat<Told>(
    transaction: string,
    { municipality, id }: FrozenRound,
    answer: z.ZodType<Told>,
    isDone: (told: Told) => boolean,
  ): Promise<boolean> {
    for (let step = 0; step < STEPS; step++)
      if (isDone(answer.parse(await this.ledger.submit(transaction, { municipality, round: id }))))
        return true;
    return false;
  }
}
