/** A round with sealed ballots, step by step as its transactions come, and then as a whole. */
import { hexToBytes } from "@noble/hashes/utils.js";
import type { RecordOf } from "../../protocol/records";
import { isReceptionEnd } from "../../voting/sealed/reception-end";
import { tieOrder } from "../../voting/sealed/tie-order";
import { machine } from "../machine/this";
import type { Context, RoundRecord, SealingRecord, Taken } from "../round/context";
import type { Counted } from "../round/outcome";
import type { Register } from "../round/register";
import { SealedBallots } from "./ballots";
import { type Claim, checkClaims } from "./claims";
import { Desks } from "./desks";
import { Envelopes } from "./envelopes";
import { type FrozenSealed, SealedKeys } from "./frozen";
import { Issuances } from "./issuance";
import { checkList, Publication } from "./listing";
import { checkReleased, openAll } from "./opening";

/** The round's records that a transaction wrote, by type: texts as they are in the state. */
export type WrittenTexts = ReadonlyMap<string, readonly string[]>;

export class SealedRoundCheck {
  readonly keys: SealedKeys;
  readonly ballots: SealedBallots;
  readonly #issuances: Issuances;
  readonly #publication: Publication;
  readonly #envelopes: Envelopes;
  readonly #desks: Desks;
  #frozen: FrozenSealed | undefined;
  #isRead = false;

  constructor(
    private readonly context: Context,
    register: Register,
  ) {
    this.keys = new SealedKeys(context);
    this.ballots = new SealedBallots(context, register);
    this.#issuances = new Issuances(context, register);
    this.#publication = new Publication(context);
    this.#envelopes = new Envelopes(context);
    this.#desks = new Desks(context);
  }

  /** @param round, sealing as the transaction left them */
  async take(
    taken: Taken,
    written: WrittenTexts,
    parse: <
      T extends
        | "issuer_key"
        | "issuance"
        | "sealed_ballot"
        | "sealed_envelope"
        | "station"
        | "voucher"
        | "sheets",
    >(
      type: T,
      text: string,
    ) => RecordOf<T> | undefined,
    round: RoundRecord | undefined,
    sealing: SealingRecord | undefined,
  ): Promise<void> {
    for (const text of written.get("issuer_key") ?? []) {
      const key = parse("issuer_key", text);
      if (key) this.keys.take(key, taken);
    }
    if (round && sealing && !this.#isRead) {
      this.#isRead = true;
      this.#frozen = this.keys.freeze(round, sealing);
    }
    this.#envelopes.takePurge(taken);
    for (const text of written.get("issuance") ?? []) {
      const told = parse("issuance", text);
      if (told && sealing) this.#issuances.take(told, round, sealing, taken);
    }
    for (const text of written.get("voucher") ?? []) {
      const voucher = parse("voucher", text);
      if (voucher) this.#desks.takeVoucher(voucher, taken);
    }
    for (const text of written.get("station") ?? []) {
      const station = parse("station", text);
      if (station) this.#desks.takeStation(station, taken);
    }
    for (const text of written.get("sheets") ?? []) {
      const sheets = parse("sheets", text);
      if (sheets) this.#desks.takeSheets(sheets, sealing, taken);
    }
    const cast = written.get("sealed_ballot") ?? [];
    if (cast.length > 0) {
      if (!round || !this.#frozen)
        this.context.findings.fault("ballots", "ballots before the round was frozen");
      else {
        const ballots = cast.flatMap((text) => parse("sealed_ballot", text) ?? []);
        await this.ballots.takeGroup(round, this.#frozen, taken, ballots);
        this.#envelopes.takeGroup(taken, ballots);
      }
    }
    for (const text of written.get("sealed_envelope") ?? []) {
      const envelope = parse("sealed_envelope", text);
      if (envelope && sealing) this.#publication.take(envelope, sealing, this.ballots, taken);
    }
  }

  /** What can be said once all has been read; what is counted, where keys were released. */
  async finish(
    round: RoundRecord,
    sealing: SealingRecord,
    claims: readonly Claim[],
    progress?: (done: number, all: number) => void,
  ): Promise<Counted | undefined> {
    const frozen = this.#frozen;
    if (!frozen) return undefined;
    const { context, ballots } = this;
    this.#issuances.finish(sealing, ballots.standing.values(), this.#desks.givenByArea());
    const paper = this.#desks.finish(round, sealing);
    await this.#checkReception(frozen, sealing);
    checkList(context, frozen, sealing, ballots);
    this.#publication.finish(sealing, ballots);
    this.#envelopes.finish(sealing, ballots);
    await checkClaims(context, frozen, ballots, claims);
    const released = await checkReleased(context, frozen, sealing);
    const opened = await openAll(context, frozen, sealing, ballots, released, progress);
    const order = drawnOrder(round, sealing);
    if (!opened || !order) return undefined;
    const { not_made_again: notMade, malformed, missing } = opened.void;
    return {
      contents: [...opened.contents, ...paper.contents],
      void: notMade + malformed + missing + paper.void,
      ...{ unopened: opened.unopened + paper.unopened, tieOrder: order },
    };
  }

  async #checkReception(frozen: FrozenSealed, { reception, services, list }: SealingRecord): Promise<void> {
    const { findings } = this.context;
    if (!reception) {
      if (list) findings.note("reception", "relay and copy-keeper have not told what they held");
      return;
    }
    const end = { count: reception.count, order: hexToBytes(reception.order) };
    const signed = (keeper: "relay" | "copy-keeper", key = "", signature = "") =>
      isReceptionEnd(machine.primitives, keeper, hexToBytes(key), frozen.digest, end, hexToBytes(signature));
    findings.expect(
      "reception",
      await signed("relay", services.relay, reception.relaySignature),
      "the relay has not signed it",
    );
    findings.expect(
      "reception",
      await signed("copy-keeper", services.copyKeeper, reception.copyKeeperSignature),
      "the copy-keeper has not signed it",
    );
    const { recorded } = this.ballots;
    findings.expect(
      "reception",
      recorded <= reception.count,
      `${recorded} ballots are recorded where ${reception.count} posts were received`,
    );
  }
}

/** Ballot numbers in the order of the issuers' three numbers. */
function drawnOrder({ projects }: RoundRecord, { ties }: SealingRecord): string[] | undefined {
  const [first, second, third] = [...ties]
    .sort((a, b) => a.issuer - b.issuer)
    .map(({ reveal }) => (reveal === undefined ? undefined : hexToBytes(reveal)));
  if (!first || !second || !third) return undefined;
  const numbers = new Map(projects.map(({ proposal, number }) => [proposal, String(number)]));
  return tieOrder([first, second, third], [...numbers.keys()]).map((id) => numbers.get(id) as string);
}
