/** Verifies one round from evidence that nobody needs to be trusted for. */
import { isAbout } from "../ledger/evidence/bundle";
import { writtenParts } from "../ledger/evidence/state-key";
import { submissionFor } from "../protocol/acts/submission";
import { frozenText } from "../protocol/digests";
import { type RecordOf, type RecordType, records } from "../protocol/records";
import { type Placed, readChain } from "./chain/chain-reader";
import type { Evidence } from "./chain/frames";
import { NoEvidenceError } from "./chain/frames";
import { textOf } from "./chain/text";
import { Findings, type ItemResult } from "./findings";
import { machine } from "./machine/this";
import { OpenRoundCheck } from "./open/open-round";
import {
  type Context,
  dayOf,
  placeOf,
  type RoundRecord,
  type SealingRecord,
  type Taken,
} from "./round/context";
import { checkAttestations, checkOutcome, countAgain } from "./round/outcome";
import { checkOwnOfRound, checkOwnOfSealing } from "./round/own-entries";
import { Register } from "./round/register";
import { checkStep, isTransactionName, type States } from "./round/steps";
import { Versions } from "./round/versions";
import type { Claim } from "./sealed/claims";
import { checkProlonging } from "./sealed/prolonging";
import { SealedRoundCheck } from "./sealed/sealed-round";

/** How far it is: blocks read, then envelopes opened. */
export type Progress =
  | { readonly step: "blocks"; readonly done: number }
  | { readonly step: "envelopes"; readonly done: number; readonly all: number };

export interface VerifyOptions {
  readonly round: string;
  /** Where the evidence holds rounds of one id in two municipalities. */
  readonly municipality?: string;
  readonly claims?: readonly Claim[];
  /** Root fingerprints that the reader expects, by MSP. */
  readonly expectedRoots?: ReadonlyMap<string, readonly string[]>;
  readonly chaincode?: string;
  readonly progress?: (progress: Progress) => void;
}

export interface Verification {
  readonly holds: boolean;
  readonly municipality: string;
  readonly round: string;
  readonly ballotKind: "open" | "sealed";
  readonly state: string;
  /** F, or what the round says it is. */
  readonly frozenDigest: string | undefined;
  readonly blocks: number;
  /** Root fingerprints of the organisations, to be compared with what each of them publishes. */
  readonly organisations: Readonly<Record<string, readonly string[]>>;
  readonly items: readonly ItemResult[];
}

/** Reads the evidence once, from its first block. @throws NoEvidenceError where it holds no such round, or is none */
export async function verifyRound(evidence: Evidence, options: VerifyOptions): Promise<Verification> {
  const findings = new Findings();
  // A bundle has what is of its own municipality: days and keys of others are not in it.
  const check = new RoundCheck(findings, options, () => options.municipality ?? evidence.of()?.municipality);
  let told = 0;
  const read = await readChain(evidence, findings, {
    valid: (placed) => check.take(placed),
    invalid: (placed, code) => check.versions.leaveOut(placed, code),
    progress: (blocks) => {
      if (blocks - told >= 500) {
        told = blocks;
        options.progress?.({ step: "blocks", done: blocks });
      }
    },
    expectedRoots: options.expectedRoots,
    chaincode: options.chaincode ?? "cocity",
  });
  const { context, round, sealing } = await check.finish();
  if (!context || (!round && !sealing))
    throw new NoEvidenceError(`the evidence holds no round ${options.round}`);
  const items = findings.results();
  const roots = [...(read.configuration?.members.values() ?? [])];
  return {
    holds: items.every(({ status }) => status !== "fails"),
    ...{ municipality: context.municipality, round: options.round },
    ballotKind: round?.ballotKind ?? "sealed",
    state: round?.state ?? sealing?.state ?? "",
    frozenDigest: round?.frozenDigest,
    blocks: read.height,
    organisations: Object.fromEntries(roots.map(({ mspId, rootFingerprints }) => [mspId, rootFingerprints])),
    items,
  };
}

class RoundCheck {
  readonly versions: Versions;
  readonly #register = new Register();
  #context: Context | undefined;
  #sealed: SealedRoundCheck | undefined;
  #open: OpenRoundCheck | undefined;
  #round: RoundRecord | undefined;
  #sealing: SealingRecord | undefined;
  #frozen: string | undefined;

  constructor(
    private readonly findings: Findings,
    private readonly options: VerifyOptions,
    private readonly municipality: () => string | undefined,
  ) {
    const { round } = options;
    this.versions = new Versions(findings, (parts) =>
      isAbout(parts, { municipality: municipality(), round }),
    );
  }

  async take(placed: Placed): Promise<void> {
    this.versions.take(placed);
    const written = this.#writtenBy(placed);
    if (written.size > 0 && this.#context) await this.#step(this.#context, placed, written);
  }

  /** The round's records by type, as bytes; what is of the register is kept for later. */
  #writtenBy(placed: Placed): Map<string, string[]> {
    const { round } = this.options;
    const municipality = this.municipality();
    const written = new Map<string, string[]>();
    for (const { key, value } of placed.action.writes) {
      const [of, type, ...idParts] = writtenParts(key);
      if (of === undefined || type === undefined) continue;
      if (municipality !== undefined && of !== municipality) continue;
      const isOfRound = idParts[0] === round && (!this.#context || this.#context.municipality === of);
      if (!isOfRound) {
        if (!this.#register.take(of, type, idParts, value))
          this.findings.fault("records", `${placeOf(placed)}: a ${type} has not its form`);
        continue;
      }
      if (!this.#context && (type === "round" || type === "sealing"))
        this.#context = { findings: this.findings, municipality: of, round };
      try {
        written.set(type, [...(written.get(type) ?? []), textOf(value)]);
      } catch {
        this.findings.fault("records", `${placeOf(placed)}: a ${type} is no UTF-8`);
      }
    }
    return written;
  }

  async #step(context: Context, placed: Placed, written: Map<string, string[]>): Promise<void> {
    const { findings, municipality } = context;
    const name = placed.action.functionName;
    const place = placeOf(placed);
    if (!isTransactionName(name)) {
      findings.fault("writers", `${place}: ${name} is no transaction of the protocol`);
      return;
    }
    const { actor, input, form, fault } = await this.#register.attribute(municipality, placed, name, () =>
      dayOf(placed),
    );
    if (form === "act") findings.checked("acts");
    if (fault !== undefined)
      findings.fault(form === "act" ? "acts" : "writers", `${place}: ${name}: ${fault}`);
    // A program's word, or a certificate's, is nothing where somebody has to sign.
    if (actor && this.#register.hasActs(municipality) && form !== submissionFor(name, actor.role))
      findings.fault("acts", `${place}: ${name} by ${actor.role} came as ${form ?? "a certificate's word"}`);
    const taken: Taken = { name, placed, actor, input };
    const before = this.#states();
    this.#takeStates(context, taken, written);
    checkStep(context, taken, new Set(written.keys()), before, this.#states());
    await this.#takeRecords(context, taken, written, before);
  }

  #states(): States {
    return { round: this.#round?.state, sealing: this.#sealing?.state };
  }

  #takeStates(context: Context, taken: Taken, written: ReadonlyMap<string, readonly string[]>): void {
    const place = placeOf(taken.placed);
    const round = this.#parse("round", written.get("round")?.[0], place);
    const sealing = this.#parse("sealing", written.get("sealing")?.[0], place);
    checkProlonging(context, this.#register, taken, this.#round, this.#sealing, {
      round: round ?? this.#round,
      sealing: sealing ?? this.#sealing,
    });
    if (round) {
      const frozen = machine.sha256(frozenText(round));
      if (this.#round) {
        const isSame = frozen === this.#frozen && round.frozenDigest === this.#round.frozenDigest;
        this.findings.expect("freeze", isSame, `${place}: what was frozen is written again`);
      }
      checkOwnOfRound(context, taken, this.#round, round);
      this.#frozen = frozen;
      this.#round = round;
    }
    if (sealing) {
      if (this.#sealing) {
        this.#sameSealing(this.#sealing, sealing, place);
        checkOwnOfSealing(context, taken, this.#sealing, sealing);
      }
      this.#sealing = sealing;
    }
  }

  /** What is told of a sealing after its freeze is added, and nothing of it changes. */
  #sameSealing(before: SealingRecord, after: SealingRecord, place: string): void {
    const { findings } = this;
    const text = ({
      reception: _r,
      list: _l,
      publication: _p,
      released: _x,
      state: _s,
      prolonged: _d,
      paper: _t,
      ...rest
    }: SealingRecord) => JSON.stringify(rest);
    if (before.state !== "gathering")
      findings.expect(
        "freeze",
        text(before) === text(after),
        `${place}: what was frozen of the sealing is written again`,
      );
    if (before.paper && JSON.stringify(before.paper) !== JSON.stringify(after.paper))
      findings.fault("sheets", `${place}: what became of them is told again`);
    for (const part of ["reception", "list", "publication"] as const)
      if (before[part] && JSON.stringify(before[part]) !== JSON.stringify(after[part]))
        findings.fault(part, `${place}: it is written again`);
    const kept =
      JSON.stringify(after.released.slice(0, before.released.length)) === JSON.stringify(before.released);
    if (!kept) findings.fault("release", `${place}: what was released is written again`);
  }

  async #takeRecords(
    context: Context,
    taken: Taken,
    written: ReadonlyMap<string, readonly string[]>,
    before: States,
  ): Promise<void> {
    const place = placeOf(taken.placed);
    const round = this.#round;
    if (this.#sealing) {
      this.#sealed ??= new SealedRoundCheck(context, this.#register);
      await this.#sealed.take(
        taken,
        written,
        (type, text) => this.#parse(type, text, place),
        round,
        this.#sealing,
      );
      return;
    }
    if (!round) return;
    this.#open ??= new OpenRoundCheck(context, this.#register);
    if (before.round === undefined) this.#open.freeze(round);
    if (taken.name === "rounds:open") this.#open.opened(round, taken);
    const all = <T extends RecordType>(type: T) =>
      (written.get(type) ?? []).flatMap((text) => this.#parse(type, text, place) ?? []);
    if (written.has("admission")) await this.#open.admit(taken, round, all("admission"));
    if (written.has("ballot")) await this.#open.cast(taken, all("ballot"));
  }

  #parse<T extends RecordType>(type: T, text: string | undefined, place: string): RecordOf<T> | undefined {
    if (text === undefined) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {}
    const parsed = records[type].safeParse(value);
    const holds = this.findings.expect(
      "records",
      parsed.success,
      () => `${place}: a ${type} has not its form`,
    );
    return holds ? (parsed.data as RecordOf<T>) : undefined;
  }

  async finish() {
    const context = this.#context;
    const round = this.#round;
    const sealing = this.#sealing;
    if (context && round) {
      const counted =
        this.#sealed && sealing
          ? await this.#sealed.finish(round, sealing, this.options.claims ?? [], (done, all) =>
              this.options.progress?.({ step: "envelopes", done, all }),
            )
          : this.#open?.finish(round);
      if (counted && round.outcome) {
        try {
          checkOutcome(context, round, countAgain(round, counted));
        } catch (error) {
          this.findings.expect(
            "outcome",
            false,
            `it cannot be counted: ${error instanceof Error ? error.message : String(error)}`,
          );
        }
      } else if (round.outcome)
        this.findings.expect("outcome", false, "it was told, and no ballots are there to count");
      checkAttestations(context, round);
    }
    return { context, round, sealing };
  }
}
