/** Takes groups from the relay, whole or not at all, opens each post and keeps the casts that have no fault. */
import { z } from "zod";
import { log } from "@/lib/log";
import { PartRefusal } from "@/lib/part-refusal";
import { castLength, encodeCast, readCast } from "@/voting/sealed/cast";
import { signedBy } from "@/voting/sealed/curve-keys";
import { envelopeDigest } from "@/voting/sealed/envelope";
import { SealedError } from "@/voting/sealed/errors";
import { HPKE_OVERHEAD } from "@/voting/sealed/hpke";
import { nodePrimitives } from "@/voting/sealed/node";
import { relayBatchMessage } from "@/voting/sealed/passing-on";
import { openCast, postDigest } from "@/voting/sealed/post";
import { isReceptionEnd } from "@/voting/sealed/reception-end";
import { base64Bytes, RoundId } from "../sealed/forms";
import { ownRound } from "../sealed/own-round";
import { type FrozenRound, issuersOf, keyOf, sealedRound } from "../sealed/round-view";
import type { Rounds } from "../sealed/rounds";
import type { ServiceKeys } from "../sealed/service-keys";
import type { OpenedPost, OpenerStore } from "./store";

const SIGNATURE = 64;

export const EndForm = z.strictObject({
  round: RoundId,
  count: z.int().min(0),
  order: base64Bytes(32),
  relaySignature: base64Bytes(64),
  copyKeeperSignature: base64Bytes(64),
});

export class Receiving {
  constructor(
    private readonly store: OpenerStore,
    private readonly keys: ServiceKeys,
    private readonly rounds: Rounds,
  ) {}

  /** @param body signature of the relay (64) ‖ whether it is the last (1) ‖ sealed casts */
  async take(id: string, body: Uint8Array): Promise<{ held: number }> {
    const round = await ownRound(this.rounds, this.keys, id);
    const length = castLength(sealedRound(round)) + HPKE_OVERHEAD;
    const rest = body.length - SIGNATURE - 1;
    if (rest <= 0 || rest % length !== 0) throw new PartRefusal(400, "malformed");
    const sealed = Array.from({ length: rest / length }, (_, at) =>
      body.slice(SIGNATURE + 1 + at * length, SIGNATURE + 1 + (at + 1) * length),
    );
    const message = relayBatchMessage(round.frozen.digest, body[SIGNATURE] === 1, sealed);
    if (!(await signedBy(nodePrimitives, keyOf(round, "relay"), message, body.slice(0, SIGNATURE))))
      throw new PartRefusal(403, "bad_signature");
    const opened: OpenedPost[] = [];
    for (const one of sealed) {
      opened.push(await this.#open(round, one));
      // A large group must not keep the process from answering.
      if (opened.length % 20 === 0) await new Promise((next) => setImmediate(next));
    }
    this.store.add(id, opened);
    return { held: this.store.held(id) };
  }

  async end({
    round: id,
    count,
    order,
    relaySignature,
    copyKeeperSignature,
  }: z.output<typeof EndForm>): Promise<void> {
    const round = await ownRound(this.rounds, this.keys, id);
    const end = { count, order };
    for (const [keeper, signature] of [
      ["relay", relaySignature],
      ["copy-keeper", copyKeeperSignature],
    ] as const)
      if (
        !(await isReceptionEnd(
          nodePrimitives,
          keeper,
          keyOf(round, keeper),
          round.frozen.digest,
          end,
          signature,
        ))
      )
        throw new PartRefusal(403, "bad_signature");
    if (this.store.held(id) !== count) throw new PartRefusal(409, "gap", { have: this.store.held(id) });
    this.store.end(id, { ...end, relaySignature, copySignature: copyKeeperSignature });
  }

  async held(id: string): Promise<{ held: number }> {
    await ownRound(this.rounds, this.keys, id);
    return { held: this.store.held(id) };
  }

  async #open(round: FrozenRound, sealed: Uint8Array): Promise<OpenedPost> {
    const digest = postDigest(sealed);
    const secret = this.keys.secretOf(round.id);
    let inner: Uint8Array;
    try {
      inner = await openCast(nodePrimitives, sealedRound(round), secret, sealed);
    } catch (error) {
      if (!(error instanceof SealedError)) throw error;
      log.info({ round: round.id, code: error.code }, "a post does not open");
      return { digest, fault: error.code };
    }
    const read = await readCast(nodePrimitives, sealedRound(round), (area) => issuersOf(round, area), inner);
    if ("fault" in read) {
      log.info({ round: round.id, code: read.fault }, "a cast has a fault");
      return { digest, fault: read.fault };
    }
    const { area, voter, seq, envelope } = read.cast;
    const bytes = encodeCast(sealedRound(round), read.cast);
    return { digest, ballot: { area, voter, seq, digest: envelopeDigest(envelope), bytes } };
  }
}
