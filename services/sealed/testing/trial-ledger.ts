/**
 * A ledger in memory for tests of the parts: it checks what is brought to it by the same rules of `voting/sealed` as the
 * chaincode, can be away, and can answer before or after what it did is known.
 */

import { batchFault } from "@/voting/sealed/batches";
import { castFault } from "@/voting/sealed/cast";
import { envelopeDigest } from "@/voting/sealed/envelope";
import { nodePrimitives } from "@/voting/sealed/node";
import { isReceptionEnd } from "@/voting/sealed/reception-end";
import type { IssuerNumber } from "@/voting/sealed/round";
import { isTieReveal } from "@/voting/sealed/tie-order";
import { hex } from "../forms";
import { LedgerAway, LedgerRefusal, type RecordedPlace, type SealedLedger, type VouchedFor } from "../ledger";
import { type FrozenView, isFrozen, issuersOf, keyOf, type RoundView, sealedRound } from "../round-view";

type Input = Readonly<Record<string, unknown>> & { readonly municipality: string };
interface BroughtBallot {
  key: string;
  seq: number;
  digest: string;
  signature: string;
  credentials: string[];
}

const bytes = (text: string, encoding: "hex" | "base64") => new Uint8Array(Buffer.from(text, encoding));

export class TrialLedger {
  readonly rounds = new Map<string, RoundView>();
  readonly log: { readonly transaction: string; readonly input: Input }[] = [];
  /** `area/key/seq` of each round, with the envelope and in the order in which they were recorded. */
  readonly ballots = new Map<string, { readonly place: RecordedPlace; readonly envelope: Uint8Array }>();
  /** By the voucher's digest, hexadecimal: what two organisations have vouched for. */
  readonly vouchers = new Map<string, VouchedFor>();
  readonly #commitments = new Map<string, Uint8Array>();
  purged = false;
  readonly publishedBallots: string[] = [];
  isAway = false;
  /** The next transaction is carried out, and whoever brought it does not hear of it. */
  losesAnswer = false;
  /** Transactions of which the next answer is lost. */
  readonly losesAnswersOf = new Set<string>();
  now: () => number = Date.now;

  freeze(id: string, frozen: FrozenView): void {
    this.#change(id, { frozen });
  }

  setPhase(id: string, phase: FrozenView["phase"]): void {
    const { frozen } = this.#round(id);
    this.#change(id, { frozen: { ...(frozen as FrozenView), phase } });
  }

  /** As an organisation's part sees it: what it brings counts as that organisation's. */
  of(issuer: IssuerNumber): SealedLedger {
    return {
      rounds: async () => {
        this.#requireThere();
        return [...this.rounds.values()];
      },
      day: async () => new Date(this.now()).toISOString().slice(0, 10),
      recorded: async (_, place) => {
        this.#requireThere();
        const found = this.ballots.get(nameOf(place));
        return found ? envelopeDigest(found.envelope) : null;
      },
      vouched: async (_, __, voucher) => {
        this.#requireThere();
        return this.vouchers.get(hex(voucher)) ?? null;
      },
      submit: async (transaction, input, transient) => {
        this.#requireThere();
        const answer = await this.#carryOut(issuer, transaction, input, transient);
        this.log.push({ transaction, input });
        if (this.losesAnswer || this.losesAnswersOf.delete(transaction)) {
          this.losesAnswer = false;
          throw new LedgerAway("no answer");
        }
        return answer;
      },
    };
  }

  async #carryOut(
    issuer: IssuerNumber,
    transaction: string,
    input: Input,
    transient: Readonly<Record<string, Uint8Array>> = {},
  ): Promise<unknown> {
    const round = this.#round(String(input.round));
    switch (transaction) {
      case "sealed:offerKeys": {
        const keys = input.keys as { area: number; modulus: string }[];
        const posting = input.posting === undefined ? [] : [{ area: 0, modulus: String(input.posting) }];
        const offered = [...keys, ...posting].map(({ area, modulus }) => ({
          issuer,
          area,
          modulus: bytes(modulus, "base64"),
        }));
        for (const { area } of offered)
          if (round.issuerKeys.some((key) => key.issuer === issuer && key.area === area))
            throw new LedgerRefusal("already_exists");
        if (input.tieCommitment)
          this.#commitments.set(`${round.id}/${issuer}`, bytes(String(input.tieCommitment), "hex"));
        const ties = input.tieCommitment
          ? [...round.ties, { issuer, committed: true, revealed: false }]
          : round.ties;
        return this.#change(round.id, { issuerKeys: [...round.issuerKeys, ...offered], ties });
      }
      case "sealed:revealTie": {
        const commitment = this.#commitments.get(`${round.id}/${issuer}`) as Uint8Array;
        if (!isTieReveal(round.id, issuer, commitment, bytes(String(input.reveal), "hex")))
          throw new LedgerRefusal("wrong_reveal");
        const ties = round.ties.map((tie) => (tie.issuer === issuer ? { ...tie, revealed: true } : tie));
        return this.#change(round.id, { ties });
      }
      case "sealed:offerServiceKey": {
        const part = ({ 1: "relay", 2: "copy-keeper", 3: "opener" } as const)[issuer];
        if (round.keys[part]) throw new LedgerRefusal("already_exists");
        return this.#change(round.id, { keys: { ...round.keys, [part]: bytes(String(input.key), "hex") } });
      }
      case "sealed:reportIssued":
        return undefined;
      case "sealed:cast":
        return this.#cast(round, input, transient);
      case "sealed:endReception":
        return this.#endReception(round, input);
      case "sealed:list": {
        const last = this.#last(round.id);
        const opened = round.areas.filter(
          ({ number }) => last.filter(({ area }) => area === number).length >= 10,
        );
        this.#change(round.id, {
          listed: true,
          superseded: this.ballots.size - last.length,
          openedAreas: opened.map(({ number }) => number),
        });
        return { done: true };
      }
      case "sealed:purge":
        if (this.purged) throw new LedgerRefusal("nothing_left");
        this.purged = true;
        return { left: 0 };
      case "sealed:publish": {
        const envelopes = input.envelopes as { area: number; key: string; seq: number }[];
        const names = envelopes.map(({ area, key, seq }) => `${area}/${key}/${seq}`);
        if (names.some((name) => this.publishedBallots.includes(name)))
          throw new LedgerRefusal("already_exists");
        this.publishedBallots.push(...names);
        return undefined;
      }
      case "sealed:completePublication":
        return this.#change(round.id, { published: true });
      default:
        throw new Error(`the trial ledger knows no ${transaction}`);
    }
  }

  /** The ballots that stand. */
  #last(round: string): RecordedPlace[] {
    const last = new Map<string, RecordedPlace>();
    for (const { place } of this.ballots.values()) {
      const name = `${place.area}/${hex(place.key)}`;
      if (place.round === round && place.seq > (last.get(name)?.seq ?? 0)) last.set(name, place);
    }
    return [...last.values()];
  }

  async #cast(
    round: RoundView,
    input: Input,
    transient: Readonly<Record<string, Uint8Array>>,
  ): Promise<unknown> {
    if (!isFrozen(round) || round.frozen.phase !== "open") throw new LedgerRefusal("wrong_phase");
    const area = Number(input.area);
    const envelopes = JSON.parse(Buffer.from(transient.envelopes ?? []).toString()) as string[];
    const casts = (input.ballots as BroughtBallot[]).map((ballot, at) => ({
      area,
      voter: bytes(ballot.key, "hex"),
      seq: ballot.seq,
      digest: ballot.digest,
      signature: bytes(ballot.signature, "hex"),
      credentials: ballot.credentials.map((one) => bytes(one, "base64")) as never,
      envelope: bytes(envelopes[at] ?? "", "base64"),
    }));
    const ended = round.receptionEnded || this.now() >= round.frozen.closesAt.getTime();
    const fault = batchFault(casts, round.groupSize, 100, ended);
    if (fault) throw new LedgerRefusal(fault);
    const ballots: { accepted: boolean; code?: string }[] = [];
    for (const cast of casts) {
      const place = { round: round.id, area, key: cast.voter, seq: cast.seq };
      const wrong =
        (await castFault(nodePrimitives, sealedRound(round), issuersOf(round, area) as never, cast)) ??
        (hex(envelopeDigest(cast.envelope)) === cast.digest ? null : "malformed") ??
        (this.ballots.has(nameOf(place)) ? "already_recorded" : null) ??
        (cast.seq === 1 || this.ballots.has(nameOf({ ...place, seq: cast.seq - 1 })) ? null : "wrong_seq");
      ballots.push(wrong ? { accepted: false, code: wrong } : { accepted: true });
      if (!wrong) this.ballots.set(nameOf(place), { place, envelope: cast.envelope });
    }
    return { ballots };
  }

  async #endReception(round: RoundView, input: Input): Promise<unknown> {
    if (!isFrozen(round) || this.now() < round.frozen.closesAt.getTime())
      throw new LedgerRefusal("too_early");
    if (round.receptionEnded) throw new LedgerRefusal("already_exists");
    const end = { count: Number(input.count), order: bytes(String(input.order), "hex") };
    for (const [keeper, signature] of [
      ["relay", input.relaySignature],
      ["copy-keeper", input.copyKeeperSignature],
    ] as const) {
      const key = keyOf(round, keeper);
      const signed = bytes(String(signature), "hex");
      if (!(await isReceptionEnd(nodePrimitives, keeper, key, round.frozen.digest, end, signed)))
        throw new LedgerRefusal("wrong_signature");
    }
    return this.#change(round.id, { receptionEnded: true });
  }

  #requireThere(): void {
    if (this.isAway) throw new LedgerAway("away");
  }

  #round(id: string): RoundView {
    const round = this.rounds.get(id);
    if (!round) throw new LedgerRefusal("not_found");
    return round;
  }

  #change(id: string, change: Partial<RoundView>): undefined {
    this.rounds.set(id, { ...this.#round(id), ...change });
  }
}

function nameOf({ round, area, key, seq }: RecordedPlace): string {
  return `${round}/${area}/${hex(key)}/${seq}`;
}
