/** A round with open ballots: keys admitted by two organisations, and choices that each key signed. */

import { hexToBytes } from "@noble/hashes/utils.js";
import { frozenText } from "../../protocol/digests";
import { drawnOrder, drawText } from "../../protocol/draw";
import type { RecordOf } from "../../protocol/records";
import { admissionBytes, openBallotBytes } from "../../protocol/signing";
import { contentOfNumbers } from "../../voting/ballots/content";
import { isAcceptableEd25519, signedBy } from "../../voting/sealed/curve-keys";
import { machine } from "../machine/this";
import { type Context, placeOf, type RoundRecord, type Taken } from "../round/context";
import type { Counted } from "../round/outcome";
import type { Register } from "../round/register";

type Admission = RecordOf<"admission">;
type Ballot = RecordOf<"ballot">;

export class OpenRoundCheck {
  readonly #admitted = new Map<string, number>();
  readonly #slots = new Set<number>();
  readonly #last = new Map<string, Ballot>();
  #reveal: string | undefined;

  constructor(
    private readonly context: Context,
    private readonly register: Register,
  ) {}

  freeze(round: RoundRecord): void {
    const isF = machine.sha256(frozenText(round)) === round.frozenDigest;
    this.context.findings.expect("freeze", isF, "F is not the digest of what was frozen");
  }

  opened(round: RoundRecord, { input }: Taken): void {
    const { findings } = this.context;
    if (!round.draw) return;
    const { commitment, contribution, seed } = round.draw;
    const reveal = typeof input.reveal === "string" ? input.reveal : "";
    this.#reveal = reveal;
    findings.expect(
      "ties",
      machine.sha256(reveal) === commitment,
      "the number revealed is not the one committed to",
    );
    const due = contribution && machine.sha256(drawText(round.frozenDigest, reveal, contribution));
    findings.expect("ties", seed === due, "the draw's seed is not that of its two numbers");
  }

  async admit(taken: Taken, round: RoundRecord, admissions: readonly Admission[]): Promise<void> {
    const { findings, municipality } = this.context;
    const place = placeOf(taken.placed);
    const {
      cosigner,
      cosignature,
      admissions: listed,
    } = taken.input as {
      cosigner?: string;
      cosignature?: string;
      admissions?: { slot: number; key: string }[];
    };
    const key = cosigner === undefined ? undefined : this.register.get(municipality, "signing_key", cosigner);
    const isSigned =
      key !== undefined &&
      !key.withdrawn &&
      (await machine.isSigned(
        key.publicKey,
        "sha256",
        admissionBytes(municipality, this.context.round, listed ?? []),
        Buffer.from(cosignature ?? "", "base64"),
      ));
    findings.expect("admissions", isSigned, `${place}: the second registrar has not signed it`);
    findings.expect(
      "admissions",
      key?.organisation !== taken.actor?.organisation,
      `${place}: both registrars are of one organisation`,
    );
    const inList = new Map((listed ?? []).map((one) => [one.key, one.slot]));
    for (const { key: admitted, slot } of admissions) {
      const title = `${place}: key ${admitted.slice(0, 16)}…`;
      findings.expect("admissions", inList.get(admitted) === slot, `${title} is not in the signed list`);
      if (!isAcceptableEd25519(hexToBytes(admitted))) findings.fault("admissions", `${title} is weak`);
      if (this.#admitted.has(admitted)) findings.fault("admissions", `${title} is admitted twice`);
      if (this.#slots.has(slot)) findings.fault("admissions", `${title}: place ${slot} of the roll is taken`);
      if (slot > round.rollSize)
        findings.fault("admissions", `${title}: place ${slot} of a roll of ${round.rollSize}`);
      this.#admitted.set(admitted, slot);
      this.#slots.add(slot);
    }
  }

  async cast(taken: Taken, ballots: readonly Ballot[]): Promise<void> {
    const { findings, municipality, round } = this.context;
    for (const ballot of ballots) {
      const { key, seq, choices, points, signature } = ballot;
      const title = `${placeOf(taken.placed)}: ballot ${seq} of key ${key.slice(0, 16)}…`;
      const bytes = openBallotBytes(municipality, round, key, seq, choices, points);
      const isSigned = await signedBy(machine.primitives, hexToBytes(key), bytes, hexToBytes(signature));
      findings.expect("ballots", isSigned, () => `${title}: its voter has not signed it`);
      findings.expect("admissions", this.#admitted.has(key), () => `${title}: its key was never admitted`);
      const last = this.#last.get(key);
      findings.checked("order");
      if (last && last.seq === seq) findings.fault("order", `${title}: its place was taken`);
      else if (!last || seq > last.seq) this.#last.set(key, ballot);
    }
  }

  finish(round: RoundRecord): Counted {
    const { findings } = this.context;
    const seed = round.draw?.seed;
    if (round.draw && seed !== undefined && this.#reveal === undefined)
      findings.fault("ties", "nobody revealed the number committed to");
    const { type } = round.ballot;
    const keys = [...this.#last.keys()].sort();
    return {
      contents: keys.map((key) => {
        const last = this.#last.get(key);
        return contentOfNumbers(type, last?.choices ?? [], last?.points);
      }),
      ...{ void: 0, unopened: 0 },
      tieOrder: seed === undefined ? null : drawnOrder(seed, round.projects, machine.sha256).map(String),
    };
  }
}
