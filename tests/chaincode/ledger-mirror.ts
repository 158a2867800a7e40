import { randomUUID } from "node:crypto";
import { ActsCity } from "@/chaincode/testing/acts-city";
import type { Input, Simulated } from "@/chaincode/testing/city";
import type { RegistrarKey } from "@/chaincode/testing/keys";
import type { MemoryState } from "@/chaincode/testing/memory-state";
import { withPartyKeys } from "@/chaincode/testing/party-keys";
import { people } from "@/chaincode/testing/people";
import { mspOf } from "@/chaincode/testing/register";
import type { Carried } from "@/protocol/acts/carried";
import type { RuleError } from "@/protocol/errors";
import { type Actor, mspIds, organisations } from "@/protocol/primitives";
import type { TransactionName } from "@/protocol/transactions";
import { foundingOnLedger, mspOnLedger, recoveryKeysOnLedger } from "./founding";
import { LedgerCity } from "./ledger-city";

/**
 * A founded city on a ledger, with the same city in memory beside it: records are the same texts in both, so what a
 * person in office signs by the one holds on the other.
 */
export class LedgerMirror extends ActsCity {
  override recoveryKeys: ReadonlySet<string> = new Set(recoveryKeysOnLedger);

  private constructor(
    readonly ledger: LedgerCity,
    state?: MemoryState,
  ) {
    super(state);
  }

  /** @param inOffice everybody who holds an office from the start; without it the people of the story */
  static async started(inOffice?: readonly Actor[]): Promise<LedgerMirror> {
    const city = new LedgerMirror(await LedgerCity.started());
    await city.carried("municipality:found", { by: "service", input: foundingOnLedger(inOffice) });
    await withPartyKeys(city);
    return city;
  }

  override clone(state: MemoryState = this.state.clone()): LedgerMirror {
    const copy = new LedgerMirror(this.ledger, state);
    copy.certificateKey = this.certificateKey;
    return copy;
  }

  override holdsKey(actor: Actor, key: RegistrarKey): void {
    super.holdsKey(actor, key);
    this.ledger.holdsKey(actor, key);
  }

  override async submit<T extends TransactionName>(
    actor: Actor,
    name: T,
    input: Input<T>,
  ): Promise<Simulated> {
    const whole = { command: randomUUID(), municipality: actor.municipality, ...input };
    return this.carried(name, this.carriedBy(actor, name, whole));
  }

  override async carried(name: TransactionName, argument: Carried): Promise<Simulated> {
    await this.ledger.submitText(this.submitterOnLedger(), name, JSON.stringify(argument));
    return super.carried(name, argument);
  }

  /** What the ledger says to it, which changes nothing there. */
  override refusedText(_: Actor, name: TransactionName, argument: string): Promise<RuleError> {
    return this.ledger.refusedText(this.submitterOnLedger(), name, argument);
  }

  /** What the ledger says to a transaction that is not submitted. */
  onLedger(name: TransactionName, argument: string): Promise<RuleError | undefined> {
    return this.ledger.triedText(this.submitterOnLedger(), name, argument);
  }

  protected override run(...given: Parameters<ActsCity["run"]>): ReturnType<ActsCity["run"]> {
    const mspId = mspOnLedger.get(this.submitter.mspId) ?? this.submitter.mspId;
    this.submitter = { ...this.submitter, mspId };
    return super.run(...given);
  }

  /** Whoever holds the certificate that a transaction comes with. */
  private submitterOnLedger(): Actor {
    const { mspId, role, municipality, person } = this.submitter;
    const organisation = organisations.find((part) => [mspOf[part], mspIds[part]].includes(mspId));
    if (!organisation) throw new RangeError(`${mspId} is on no ledger`);
    return { organisation, role, municipality, person };
  }

  close(): Promise<void> {
    return this.ledger.close();
  }

  /** What the ledger holds of a record. */
  stored(type: "municipality" | "payment", id: string): Promise<unknown> {
    const { municipality } = people.service;
    return this.ledger.ask(people.service, "records:get", { municipality, type, idParts: [id] });
  }
}
