/**
 * Brings ballots to the ledger: of one area and of at least k keys at once, shuffled. Whatever happens in between, the
 * ledger says what was recorded: what was sent and not heard of is looked up before it is sent again.
 */
import { randomInt } from "node:crypto";
import { z } from "zod";
import { log } from "@/lib/log";
import { nextBatch, shuffled } from "@/voting/sealed/batches";
import { decodeCast } from "@/voting/sealed/cast";
import { base64, hex } from "../sealed/forms";
import { LedgerAway, LedgerRefusal, type SealedLedger } from "../sealed/ledger";
import { type FrozenRound, sealedRound } from "../sealed/round-view";
import { type HeldBallot, type OpenerStore, placeName } from "./store";

/** As many ballots as one transaction takes. */
export const MOST_IN_BATCH = 100;

const CastAnswer = z.object({
  ballots: z.array(z.object({ accepted: z.boolean(), code: z.string().optional() })),
});

export class Casting {
  readonly #lookedUp = new Set<string>();

  constructor(
    private readonly store: OpenerStore,
    private readonly ledger: SealedLedger,
    private readonly now: () => number = Date.now,
  ) {}

  /** Writes every group that is complete, and after the end of the reception what is left. */
  async work(round: FrozenRound): Promise<void> {
    if (!this.#lookedUp.has(round.id)) {
      await this.#settle(round, this.store.inState(round.id, "sent"));
      this.#lookedUp.add(round.id);
    }
    const ended = this.#isEnded(round);
    let waiting = this.store.inState(round.id, "waiting");
    const recorded = this.store.lastRecorded(round.id);
    while (waiting.length > 0) {
      const last = (ballot: HeldBallot) => recorded.get(placeName(ballot)) ?? 0;
      const passedOver = waiting.filter((ballot) => ballot.seq <= last(ballot));
      this.store.setState(round.id, passedOver, "late");
      const batch = nextBatch(
        waiting.filter((ballot) => ballot.seq > last(ballot)),
        last,
        round.groupSize,
        MOST_IN_BATCH,
        ended,
      );
      if (batch.length === 0) return;
      const known = await this.#bring(round, shuffled(batch, randomInt));
      for (const ballot of known) recorded.set(placeName(ballot), ballot.seq);
      waiting = this.store.inState(round.id, "waiting");
    }
  }

  /** @returns the ballots that are recorded */
  async #bring(round: FrozenRound, batch: readonly HeldBallot[]): Promise<HeldBallot[]> {
    const casts = batch.map((ballot) => decodeCast(sealedRound(round), this.store.bytes(round.id, ballot)));
    const input = {
      ...{ municipality: round.municipality, round: round.id, area: (batch[0] as HeldBallot).area },
      ballots: casts.map((cast, at) => ({
        key: hex(cast.voter),
        seq: cast.seq,
        digest: hex((batch[at] as HeldBallot).digest),
        signature: hex(cast.signature),
        credentials: cast.credentials.map(base64),
      })),
    };
    const envelopes = JSON.stringify(casts.map(({ envelope }) => base64(envelope)));
    this.store.setState(round.id, batch, "sent");
    let answer: unknown;
    try {
      answer = await this.ledger.submit("sealed:cast", input, { envelopes: Buffer.from(envelopes) });
    } catch (error) {
      // A group is refused whole where too few of it are left: those that are there already are found and put aside.
      if (error instanceof LedgerRefusal) await this.#settle(round, batch);
      // Not heard of: it may be there. Looked up before anything else is done in the round.
      else if (error instanceof LedgerAway) this.#lookedUp.delete(round.id);
      throw error;
    }
    const read = CastAnswer.safeParse(answer);
    if (!read.success || read.data.ballots.length !== batch.length) return this.#settle(round, batch);
    const { ballots } = read.data;
    for (const { code } of ballots)
      if (code) log.warn({ round: round.id, code }, "the ledger refuses a ballot");
    const taken = batch.filter((_, at) => ballots[at]?.accepted);
    this.store.setState(round.id, taken, "recorded");
    const others = batch.filter((_, at) => !ballots[at]?.accepted);
    await this.#settle(round, others, "refused");
    return taken;
  }

  /** Sees what became of ballots on the ledger. @param otherwise the state of one that is not there */
  async #settle(
    round: FrozenRound,
    ballots: readonly HeldBallot[],
    otherwise: "waiting" | "refused" = "waiting",
  ): Promise<HeldBallot[]> {
    const recorded: HeldBallot[] = [];
    for (const ballot of ballots) {
      const place = { round: round.id, area: ballot.area, key: ballot.voter, seq: ballot.seq };
      const digest = await this.ledger.recorded(round.municipality, place);
      if (digest && Buffer.compare(digest, ballot.digest) === 0) recorded.push(ballot);
      else this.store.setState(round.id, [ballot], digest ? "late" : otherwise);
    }
    this.store.setState(round.id, recorded, "recorded");
    return recorded;
  }

  /** A relay that does not come back keeps no ballot that is here from being recorded in time. */
  #isEnded(round: FrozenRound): boolean {
    const sinceClosing = this.now() - round.frozen.closesAt.getTime();
    if (round.receptionEnded) return true;
    const patience = this.store.ended(round.id) === undefined ? (round.graceMinutes * 60_000) / 2 : 0;
    return sinceClosing >= patience;
  }
}
