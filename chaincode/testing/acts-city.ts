import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Carried } from "../../protocol/acts/carried";
import { relyingPartyId } from "../../protocol/acts/origins";
import { passkeyCodeText } from "../../protocol/acts/passkey-code";
import { recordKeyOf, seenFor } from "../../protocol/acts/seen";
import { actBytes, actListBytes, type SignedAct, signedActText } from "../../protocol/acts/signed-act";
import { submissionFor } from "../../protocol/acts/submission";
import type { Actor, Organisation } from "../../protocol/primitives";
import type { RecordOf } from "../../protocol/records";
import type { TransactionName } from "../../protocol/transactions";
import { carry } from "../src/acts/carry";
import type { Submitter } from "../src/acts/submitter";
import { type Authenticator, type Said, sha256 } from "./authenticator";
import { City, type Input, type Simulated } from "./city";
import { digest } from "./keys";
import type { MemoryState, Simulation } from "./memory-state";
import { withPartyKeys } from "./party-keys";
import { people, torino } from "./people";
import { founding, foundingInput, keyOf, mspOf, originOf, passkeyId, storyFounding } from "./register";
import { actOf, signedBy } from "./signed-acts";

/** The certificate of an organisation's program. */
export function program(part: Organisation, role: Submitter["role"] = "service"): Submitter {
  return { mspId: mspOf[part], role, municipality: torino, person: `service-${part.toLowerCase()}` };
}

/** What makes an act other than an honest one. */
export interface Tampering {
  act?: Partial<SignedAct>;
  key?: Authenticator;
  said?: Partial<Said>;
}

/** A city that is founded: people in office sign acts, and programs carry everything. */
export class ActsCity extends City {
  /** Whose certificate the next transactions come with. */
  submitter: Submitter = program("Comune");

  static override async founded(input = foundingInput()): Promise<ActsCity> {
    const city = new ActsCity();
    // The days of a trial may be past ones: the story is told long after.
    if (!input.trial) city.now = Date.parse(`${input.day}T10:00:00Z`);
    await city.carried("municipality:found", { by: "service", input });
    return city;
  }

  /** Founded as a trial, with the terms that the story is told in; its parties have keys of their own. */
  static async ofTheStory(): Promise<ActsCity> {
    const city = await ActsCity.founded(storyFounding());
    await withPartyKeys(city);
    return city;
  }

  /** Another city that starts from where this one stands. */
  clone(state: MemoryState = this.state.clone()): ActsCity {
    const copy = new ActsCity(state);
    copy.now = this.now;
    copy.certificateKey = this.certificateKey;
    return copy;
  }

  override async simulate<T extends TransactionName>(
    actor: Actor,
    name: T,
    input: Input<T>,
    simulation = this.state.simulate(),
  ): Promise<Simulated> {
    const whole = { command: randomUUID(), municipality: actor.municipality, ...input };
    return this.simulateText(actor, name, JSON.stringify(this.carriedBy(actor, name, whole)), simulation);
  }

  /** Submits an argument of one of the three forms. */
  async carried(name: TransactionName, argument: Carried): Promise<Simulated> {
    const simulated = await this.simulateText(people.service, name, JSON.stringify(argument));
    expect(this.state.commit(simulated.simulation)).toBe(true);
    return simulated;
  }

  /** An honest argument: an act of who is in office or of a party, signed with their key; the word of the Comune; or a program's. */
  carriedBy(actor: Actor, name: TransactionName, input: object): Carried {
    const submission = submissionFor(name, actor.role);
    this.submitter = program("Comune");
    if (submission === "act") return this.signed(this.act(actor, name, input));
    if (submission === "resident") return { by: "resident", person: actor.person, input: { ...input } };
    this.submitter = { ...program(actor.organisation, actor.role), person: actor.person };
    return { by: "service", input: { ...input } };
  }

  /** What somebody in office would sign now. */
  act(actor: Actor, transaction: TransactionName, input: object): SignedAct {
    const { day } = this.record("day", "day");
    return actOf(actor, transaction, input, { day, seen: this.seen(transaction, input) });
  }

  signed(act: SignedAct, { key = keyOf(act.person), said }: Tampering = {}): Carried {
    return signedBy(key, act, this.said(act.person, said, key));
  }

  /** Acts of one person, signed by one gesture. */
  signedTogether(acts: readonly SignedAct[]): Carried[] {
    const texts = acts.map(signedActText);
    const list = texts.map((text) => this.digestOf(text)).sort();
    const person = acts[0]?.person ?? "";
    const assertion = keyOf(person).assert(actListBytes(list), this.said(person));
    return texts.map((text) => ({ by: "act", act: text, assertion, list }));
  }

  /** The digest by which a list names an act. */
  digestOf(text: string): string {
    return Buffer.from(sha256(actBytes(text))).toString("hex");
  }

  /** What an honest browser says of where it signs: on the origin that the key is of, or a new key would be. */
  said(name: string, said?: Partial<Said>, key = keyOf(name)): Said {
    const part = this.state.get<RecordOf<"official">>([torino, "official", name])?.organisation ?? "Comune";
    const organisation = this.record("municipality", torino).organisations?.find((one) => one.part === part);
    const { origin = originOf[part], newOrigin } = organisation ?? {};
    const rpId = this.state.get<RecordOf<"passkey">>([torino, "passkey", passkeyId(key)])?.rpId;
    const own = rpId === relyingPartyId(origin) ? origin : (newOrigin ?? origin);
    return { origin: own, rpId: relyingPartyId(own), ...said };
  }

  /** The code that the owner of a new key reads out. */
  code({ person }: Pick<Actor, "person">, key: Authenticator): string {
    const { credential, spki } = key;
    return digest(
      passkeyCodeText({ founding, person, credential, spki, rpId: this.said(person, {}, key).rpId }),
    );
  }

  /** Digests of the records that a transaction is about, as they stand. */
  seen(name: TransactionName, input: object): Record<string, string> {
    const digests = seenFor(name, input as never).flatMap((path) => {
      const text = this.state.text([torino, ...recordKeyOf(path)]);
      return text === undefined ? [] : [[path, digest(text)]];
    });
    return Object.fromEntries(digests);
  }

  override async advanceTo(day: string): Promise<void> {
    this.now = Math.max(this.now, Date.parse(`${day}T10:00:00Z`));
    await super.advanceTo(day);
  }

  protected override run(
    _: Actor,
    name: TransactionName,
    argument: string,
    simulation: Simulation,
    txId: string,
    now: number,
  ): ReturnType<typeof carry> {
    const { submitter } = this;
    return carry(name, argument, simulation, { ...this.endorser(), txId, now, submitter });
  }
}
