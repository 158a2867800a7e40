/** A frozen sealed round with real issuers in folders of their own, and devices that enrol with them. */
import { createHash, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ballotLayout, encodeBallot } from "@/voting/sealed/ballot-layout";
import { blind, finalise, readIssuerKey } from "@/voting/sealed/blind-signature";
import { type Cast, encodeCast, signCast } from "@/voting/sealed/cast";
import { type Credentials, credentialMessage, postingMessage } from "@/voting/sealed/credentials";
import { deskSignIn } from "@/voting/sealed/desk-code";
import { type EnrolmentPurpose, enrolmentMessage } from "@/voting/sealed/enrolment";
import { sealEnvelope } from "@/voting/sealed/envelope";
import { nodePrimitives } from "@/voting/sealed/node";
import { encodePost, sealCast, signPost } from "@/voting/sealed/post";
import { encodeRoll, personOf, type RollPlace, rollRoot } from "@/voting/sealed/roll";
import { type IssuerNumber, issuerNumbers } from "@/voting/sealed/round";
import {
  ballotKey,
  blindingFactor,
  enrolmentSecret,
  NO_AREA,
  postEphemeral,
  postingSecret,
  type Rhos,
  rootSecret,
  voterSecret,
} from "@/voting/sealed/voter-keys";
import { Duties } from "../../issuer/duties";
import { type EnrolmentAnswer, type EnrolmentForm, Issuer } from "../../issuer/issuer";
import { IssuerKeys } from "../../issuer/keys";
import { issuerSchema } from "../../issuer/schema";
import type { Token } from "../../issuer/token";
import { type FrozenRound, type RoundView, sealedRound } from "../round-view";
import { Rounds } from "../rounds";
import { PartSecret } from "../secrets";
import { openStore, type Store } from "../store";
import { TrialLedger } from "./trial-ledger";
import { fiscalHashOf, fiscalNumberOf, type TrialProvider, trialProvider } from "./trial-provider";

export const ROUND = "trial-round";
export const MUNICIPALITY = "001272";

const drawn = new Map<string, Promise<KeyObject>>();

/** Drawn once for all trial rounds of a test file: drawing takes longer than everything else. */
function drawnKey(name: string): Promise<KeyObject> {
  const known = drawn.get(name);
  if (known) return known;
  const making = promisify(generateKeyPair)("rsa", { modulusLength: 3072 }).then(
    ({ privateKey }) => privateKey,
  );
  drawn.set(name, making);
  return making;
}

export interface RunningIssuer {
  readonly issuer: Issuer;
  readonly duties: Duties;
  readonly keys: IssuerKeys;
  readonly store: Store;
  readonly folder: string;
  readonly secret: string;
}

export interface TrialOptions {
  /** How many people are on the roll of each area, by its id. */
  readonly areas?: Readonly<Record<string, number>>;
  readonly groupSize?: number;
  readonly noticeHours?: number;
  readonly now?: () => number;
  /** Where the second issuer has its keys, instead of its store. */
  readonly token?: Token | null;
}

export class TrialSealedRound implements Surroundings {
  readonly ledger = new TrialLedger();
  readonly folder = mkdtempSync(join(tmpdir(), "cocity-sealed-"));
  readonly issuers: RunningIssuer[] = [];
  provider!: TrialProvider;
  readonly #places: RollPlace[] = [];
  readonly #trustees = issuerNumbers.map(() => new Uint8Array(randomBytes(32)));

  private constructor(private readonly options: Required<TrialOptions>) {
    this.ledger.now = options.now;
  }

  /** Announced, with rolls taken and keys offered by the issuers; parts offer theirs before `freeze`. */
  static async announce({
    areas = { a: 6, b: 4 },
    groupSize = 3,
    noticeHours = 0,
    now = Date.now,
    token = null,
  }: TrialOptions = {}): Promise<TrialSealedRound> {
    const trial = new TrialSealedRound({ areas, groupSize, noticeHours, now, token });
    trial.provider = await trialProvider(now);
    let person = 0;
    for (const [area, size] of Object.entries(areas))
      for (let n = 0; n < size; n++, person++)
        trial.#places.push({
          area,
          fiscalHash: fiscalHashOf(fiscalNumberOf(person)),
          salt: randomBytes(32).toString("hex"),
        });
    trial.ledger.rounds.set(ROUND, trial.#announced());
    for (const number of issuerNumbers) {
      const running = trial.startIssuer(number);
      running.issuer.roll.import(trial.view(), trial.rollText());
      trial.issuers.push(running);
    }
    for (let pass = 0; pass < 3; pass++) for (const { duties } of trial.issuers) await duties.work();
    return trial;
  }

  startIssuer(
    number: IssuerNumber,
    folder = join(this.folder, `issuer-${number}`),
    secret = String(number).repeat(64),
    token = number === 2 ? this.options.token : null,
  ) {
    const store = openStore(folder, issuerSchema);
    const isAnother = folder !== join(this.folder, `issuer-${number}`);
    const draw = (_: string, area: number) => drawnKey(`${number}/${area}/${isAnother}`);
    const keys = new IssuerKeys(store, new PartSecret(secret), number, draw, token ?? undefined);
    const rounds = new Rounds(this.ledger.of(number), this.options.now);
    const issuer = new Issuer({
      ...{ store, keys, rounds, provider: this.provider.provider, now: this.options.now },
      ledger: this.ledger.of(number),
      address: `http://localhost/sealed/issuer/${number}`,
    });
    const duties = new Duties({
      ...{ store, keys, rounds, roll: issuer.roll, enrolments: issuer.enrolments, now: this.options.now },
      ledger: this.ledger.of(number),
      rolls: join(this.folder, "rolls"),
    });
    return { issuer, duties, keys, store, folder, secret };
  }

  rollText(): string {
    return encodeRoll(this.#places);
  }

  view(): RoundView {
    return this.ledger.rounds.get(ROUND) as RoundView;
  }

  frozen(): FrozenRound {
    return this.view() as FrozenRound;
  }

  ask(person: number): Ask {
    return (issuer, form) =>
      (this.issuers[issuer - 1] as RunningIssuer).issuer.enrol(form, `192.0.2.${person % 250}`);
  }

  async freeze(closesAt: Date): Promise<void> {
    const trustees = await Promise.all(
      this.#trustees.map((secret) => nodePrimitives.x25519PublicKey(secret)),
    );
    this.ledger.freeze(ROUND, {
      digest: new Uint8Array(createHash("sha256").update("frozen").digest()),
      layout: ballotLayout({ type: "approval", maxChoices: 4 }, 12),
      trustees: trustees as never,
      closesAt,
      phase: "open",
    });
  }

  #announced(): RoundView {
    const areas = Object.keys(this.options.areas).map((id, at) => {
      const people = this.#places.filter(({ area }) => area === id).map((place) => personOf(ROUND, place));
      return { number: at + 1, announced: [{ id, size: people.length, root: rollRoot(people) }] };
    });
    return {
      ...{ municipality: MUNICIPALITY, id: ROUND, areas, groupSize: this.options.groupSize },
      ...{ graceMinutes: 60, noticeHours: this.options.noticeHours, issuerKeys: [], ties: [], keys: {} },
      ...{
        frozen: null,
        receptionEnded: false,
        listed: false,
        openedAreas: null,
        superseded: 0,
        published: false,
      },
    };
  }

  async close(): Promise<void> {
    for (const { store } of this.issuers) if (store.isOpen) store.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

type Ask = (issuer: IssuerNumber, form: EnrolmentForm) => Promise<EnrolmentAnswer>;

/** What a device has around it. */
export interface Surroundings {
  readonly provider: Pick<TrialProvider, "signIn">;
  frozen(): FrozenRound;
  /** Asks an issuer. */
  ask(person: number): Ask;
}

/** One person's device: everything it does comes from its seed. */
export class Device {
  readonly #secret: Uint8Array;
  root!: Uint8Array;
  area = 0;
  credentials!: Credentials;
  postingCredential!: Uint8Array;
  voter!: Uint8Array;
  seq = 0;
  /** Without a sign-in: people vouch for whoever uses it. */
  isAtDesk = false;

  constructor(
    private readonly trial: Surroundings,
    readonly person: number,
    private readonly seed: Uint8Array = new Uint8Array(randomBytes(16)),
  ) {
    this.#secret = enrolmentSecret(seed);
  }

  enrolmentKey(): Promise<Uint8Array> {
    return nodePrimitives.ed25519PublicKey(this.#secret);
  }

  async request(
    issuer: IssuerNumber,
    purpose: EnrolmentPurpose,
    {
      area = 0,
      blinded = null as Uint8Array | null,
      signIn = undefined as { token: string; userinfo: string } | undefined,
    } = {},
  ): Promise<EnrolmentForm> {
    const freeze = this.trial.frozen().frozen.digest;
    const ek = await this.enrolmentKey();
    const who = this.isAtDesk
      ? { fiscalNumber: fiscalNumberOf(this.person) }
      : (signIn ?? (await this.trial.provider.signIn(this.person, freeze, ek)));
    const tokenDigest =
      "token" in who
        ? new Uint8Array(createHash("sha256").update(who.token).digest())
        : deskSignIn(who.fiscalNumber);
    const message = enrolmentMessage(freeze, { purpose, issuer, area, blinded, tokenDigest });
    const signature = await nodePrimitives.ed25519Sign(this.#secret, message);
    return {
      round: this.trial.frozen().id,
      purpose,
      ek,
      area,
      blinded: blinded ?? "",
      ...who,
      signature,
    };
  }

  async enrol(ask: Ask = this.trial.ask(this.person)): Promise<void> {
    const round = this.trial.frozen();
    const freeze = round.frozen.digest;
    const rhos: Uint8Array[] = [];
    for (const issuer of issuerNumbers) {
      const answer = await ask(issuer, await this.request(issuer, "rho"));
      if (!("rho" in answer)) throw new Error("no rho");
      rhos.push(new Uint8Array(Buffer.from(answer.rho, "hex")));
      this.area = answer.area;
    }
    this.root = rootSecret(this.seed, rhos as unknown as Rhos, freeze);
    const secret = voterSecret(this.root, this.area);
    this.voter = await nodePrimitives.ed25519PublicKey(secret);
    const message = credentialMessage(freeze, this.area, this.voter);
    const credentials: Uint8Array[] = [];
    for (const issuer of issuerNumbers)
      credentials.push(await this.#take(ask, issuer, "credential", message));
    this.credentials = credentials as unknown as Credentials;
    const posting = await nodePrimitives.ed25519PublicKey(postingSecret(this.root));
    this.postingCredential = await this.#take(ask, 1, "posting", postingMessage(freeze, posting));
  }

  async #take(
    ask: Ask,
    issuer: IssuerNumber,
    purpose: "credential" | "posting",
    message: Uint8Array,
  ): Promise<Uint8Array> {
    const area = purpose === "credential" ? this.area : NO_AREA;
    const { modulus } = this.trial
      .frozen()
      .issuerKeys.find((key) => key.issuer === issuer && key.area === area) as { modulus: Uint8Array };
    const key = readIssuerKey(modulus);
    const blinded = blind(key, message, blindingFactor(this.root, issuer, area, message, key));
    const answer = await ask(issuer, await this.request(issuer, purpose, { area, blinded: blinded.message }));
    if (!("signed" in answer)) throw new Error("not signed yet");
    return finalise(key, message, new Uint8Array(Buffer.from(answer.signed, "base64")), blinded.unblind);
  }

  postingKey(): Promise<Uint8Array> {
    return nodePrimitives.ed25519PublicKey(postingSecret(this.root));
  }

  async cast(choices: string[] = ["2", "5"]): Promise<Cast> {
    const round = sealedRound(this.trial.frozen());
    this.seq += 1;
    const place = { area: this.area, voter: this.voter, seq: this.seq };
    const plaintext = encodeBallot(round.layout, { attempt: 1, content: { type: "approval", choices } });
    const envelope = await sealEnvelope(
      nodePrimitives,
      round,
      place,
      ballotKey(this.root, round, place, plaintext),
      plaintext,
    );
    const secret = voterSecret(this.root, this.area);
    return signCast(nodePrimitives, round, place, secret, this.credentials, envelope);
  }

  async post(choices?: string[]): Promise<Uint8Array> {
    const round = sealedRound(this.trial.frozen());
    const inner = encodeCast(round, await this.cast(choices));
    const sealed = await sealCast(nodePrimitives, round, postEphemeral(this.root, inner), inner);
    const post = await signPost(
      nodePrimitives,
      round,
      postingSecret(this.root),
      this.postingCredential,
      sealed,
    );
    return encodePost(round, post);
  }
}
