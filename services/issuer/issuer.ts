/** An issuer's answers to requests of voters' devices. Whatever it promises is in its store before it answers. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { PartRefusal } from "@/lib/part-refusal";
import { ISSUER_KEY } from "@/voting/sealed/blind-signature";
import { isAcceptableEd25519 } from "@/voting/sealed/curve-keys";
import { type EnrolmentPurpose, isEnrolmentRequest, isWellFormed, rhoOf } from "@/voting/sealed/enrolment";
import { toBigInt } from "@/voting/sealed/modular";
import { nodePrimitives } from "@/voting/sealed/node";
import { base64, base64Bytes, hex, hexBytes, RoundId } from "../sealed/forms";
import type { SealedLedger } from "../sealed/ledger";
import { RateLimit } from "../sealed/rate-limit";
import { type FrozenRound, isFrozen, isOver } from "../sealed/round-view";
import type { Rounds } from "../sealed/rounds";
import type { Store } from "../sealed/store";
import { atDesk, onPaper } from "./at-desk";
import { type Attested, attested, type Provider } from "./attested";
import { Enrolments } from "./enrolments";
import type { BlindSigner, IssuerKeys } from "./keys";
import { Notices, noticeText } from "./notices";
import { RhoList } from "./rho-list";
import { type Place, Roll } from "./roll";
import { TokenAway } from "./token";

const asked = {
  round: RoundId,
  purpose: z.enum(["rho", "credential", "posting"]),
  ek: hexBytes(32),
  area: z.int().min(0).max(65_535),
  blinded: z.union([z.literal(""), base64Bytes(ISSUER_KEY)]),
  signature: hexBytes(64),
};

/** Who has signed in says so with what the provider signed; who stands at a desk, with the fiscal number. */
export const EnrolmentForm = z.union([
  z.strictObject({
    ...asked,
    token: z.string().min(1).max(8_000),
    userinfo: z.string().min(1).max(8_000),
  }),
  z.strictObject({ ...asked, fiscalNumber: z.string().regex(/^[A-Z0-9]{16}$/) }),
]);
export type EnrolmentForm = z.output<typeof EnrolmentForm>;

/** Somebody at a desk, by the keyed hash under which the roll has them. */
export const PaperForm = z.strictObject({ round: RoundId, fiscalHash: hexBytes(32) });
export type PaperForm = z.output<typeof PaperForm>;

export type EnrolmentAnswer =
  | { readonly rho: string; readonly area: number }
  | { readonly signed: string }
  | { readonly notBefore: string };

export interface IssuerOptions {
  readonly store: Store;
  readonly keys: IssuerKeys;
  readonly rounds: Rounds;
  readonly ledger: Pick<SealedLedger, "vouched">;
  readonly provider: Provider;
  /** Under which voters' browsers find this issuer, without a slash at the end. */
  readonly address: string;
  readonly now?: () => number;
}

const HOUR_MS = 3_600_000;
/** A house, an office or a whole block behind one router has one address. */
const ASKS_OF_ADDRESS = 600;
/** Ten times what the whole of an enrolment needs. */
const ASKS_OF_PERSON = 60;

export class Issuer {
  readonly roll: Roll;
  readonly enrolments: Enrolments;
  readonly notices: Notices;
  readonly rhos: RhoList;
  readonly #byAddress: RateLimit;
  readonly #byPerson: RateLimit;
  readonly #now: () => number;

  constructor(private readonly options: IssuerOptions) {
    const { store, now = Date.now } = options;
    this.#now = now;
    this.roll = new Roll(store);
    this.enrolments = new Enrolments(store);
    this.notices = new Notices(store);
    this.rhos = new RhoList(store);
    this.#byAddress = new RateLimit(ASKS_OF_ADDRESS, HOUR_MS, now);
    this.#byPerson = new RateLimit(ASKS_OF_PERSON, HOUR_MS, now);
  }

  get number() {
    return this.options.keys.issuer;
  }

  /** @throws PartRefusal */
  async enrol(form: EnrolmentForm, address: string): Promise<EnrolmentAnswer> {
    this.countAddress(address);
    const round = await this.openRound(form.round);
    const { purpose, ek, area } = form;
    const blinded = form.blinded === "" ? null : form.blinded;
    if (!isWellFormed({ purpose, area, blinded, issuer: this.number, tokenDigest: new Uint8Array(32) }))
      throw new PartRefusal(400, "malformed");
    if (purpose === "posting" && this.number !== 1) throw new PartRefusal(403, "other_issuer");
    if (!isAcceptableEd25519(ek)) throw new PartRefusal(400, "malformed");
    const now = this.#now();
    const { provider, ledger } = this.options;
    const who = await ("token" in form
      ? attested(provider, round.frozen.digest, ek, form.token, form.userinfo, new Date(now))
      : atDesk({ provider, ledger, roll: this.roll }, round, ek, form.fiscalNumber));
    await this.#requireSigned(round, form, blinded, who.tokenDigest);
    const place = this.#place(round, who);
    if (!this.#byPerson.take(base64(place.person))) throw new PartRefusal(429, "too_often");
    return this.#counted(round, place, () =>
      this.#answer(round, place, who, { purpose, ek, area, blinded }, now),
    );
  }

  /** Marks somebody as voting on paper. @throws PartRefusal `already_issued`, or as `onPaper` */
  async markPaper({ round: id, fiscalHash }: PaperForm, address: string): Promise<void> {
    this.countAddress(address);
    const round = await this.openRound(id);
    const place = await onPaper({ ledger: this.options.ledger, roll: this.roll }, round, fiscalHash);
    this.enrolments.markPaper(id, place);
  }

  /** @throws PartRefusal `too_often` */
  countAddress(address: string): void {
    if (!this.#byAddress.take(address)) throw new PartRefusal(429, "too_often");
  }

  /** @throws PartRefusal `unknown_round`, `not_frozen` or `ended` */
  async openRound(id: string): Promise<FrozenRound> {
    const round = await this.options.rounds.find(id, isFrozen);
    if (!round) throw new PartRefusal(404, "unknown_round");
    if (!isFrozen(round)) throw new PartRefusal(403, "not_frozen");
    if (this.#now() >= round.frozen.closesAt.getTime() || isOver(round)) throw new PartRefusal(403, "ended");
    return round;
  }

  async #answer(
    round: FrozenRound,
    place: Place,
    who: Attested,
    {
      purpose,
      ek,
      area,
      blinded,
    }: { purpose: EnrolmentPurpose; ek: Uint8Array; area: number; blinded: Uint8Array | null },
    now: number,
  ): Promise<EnrolmentAnswer> {
    const begun = this.#begin(round, place, who, ek, now);
    if (purpose === "rho" || blinded === null) {
      const rho = rhoOf(this.options.keys.rhoSecret(round.id), round.frozen.digest, place.person);
      return { rho: hex(rho), area: place.area };
    }
    if (purpose === "credential" && area !== place.area) throw new PartRefusal(403, "other_area");
    if (now < begun.notBefore) return { notBefore: new Date(begun.notBefore).toISOString() };
    const signer = this.#signer(round, area);
    // Looked at before it is noted: what cannot be signed must not use up what a person may have.
    if (toBigInt(blinded) >= toBigInt(signer.modulus)) throw new PartRefusal(400, "malformed");
    this.enrolments.issue(round.id, place.person, ek, { purpose, blinded }, now);
    // Whoever is told to come again comes with the same message, and gets its signature then.
    const signed = await signer.sign(blinded).catch((error: unknown) => {
      if (error instanceof TokenAway) throw new PartRefusal(503, "token_away");
      throw error;
    });
    return { signed: base64(signed) };
  }

  /** The notice is written before anything is given, and in the same transaction. */
  #begin(round: FrozenRound, place: Place, who: Attested, ek: Uint8Array, now: number) {
    return this.enrolments.begin(round.id, place, ek, round.noticeHours * HOUR_MS, now, (begun) => {
      if (who.email === undefined) return;
      const { subject, text } = noticeText(this.number, {
        language: who.language,
        objection: `${this.options.address}/objections/${Buffer.from(begun.objection).toString("base64url")}`,
        notBefore: round.noticeHours > 0 ? new Date(begun.notBefore) : null,
      });
      this.notices.add(who.email, subject, text, now);
    });
  }

  /** Only with the key that the ledger has: an issuer that lost its keys signs nothing rather than something worthless. */
  #signer(round: FrozenRound, area: number): BlindSigner {
    const { keys } = this.options;
    const announced = round.issuerKeys.find((key) => key.issuer === this.number && key.area === area);
    if (!announced) throw new PartRefusal(403, "other_area");
    const signer = keys.holds(round.id, area, announced.modulus) ? keys.signer(round.id, area) : undefined;
    if (!signer) throw new PartRefusal(503, "no_key");
    return signer;
  }

  async #requireSigned(
    round: FrozenRound,
    { purpose, area, ek, signature }: EnrolmentForm,
    blinded: Uint8Array | null,
    tokenDigest: Uint8Array,
  ): Promise<void> {
    const request = { purpose, issuer: this.number, area, blinded, tokenDigest };
    if (!(await isEnrolmentRequest(nodePrimitives, round.frozen.digest, ek, request, signature)))
      throw new PartRefusal(403, "bad_signature");
  }

  #place(round: FrozenRound, { fiscalHash }: Attested): Place {
    if (!this.roll.has(round.id)) throw new PartRefusal(503, "no_roll");
    const place = this.roll.find(round.id, fiscalHash);
    if (place) return place;
    // Told apart, and no more than that: who is on no roll is nobody's person here.
    const stranger = createHash("sha256").update(round.id).update(fiscalHash).digest();
    this.enrolments.refused(round.id, "not_on_roll", new Uint8Array(stranger));
    throw new PartRefusal(403, "not_on_roll");
  }

  async #counted<Result>(
    round: FrozenRound,
    { person }: Place,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PartRefusal && counted.has(error.code))
        this.enrolments.refused(round.id, error.code, person);
      throw error;
    }
  }
}

/** Refusals of people, which are told in public in steps; forms that are wrong are not. */
const counted: ReadonlySet<string> = new Set(["paper", "objected", "other_key", "already_issued"]);
