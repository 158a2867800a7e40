/** A city in memory whose transactions are kept, so that the blocks they would be in can be made of them. */
import { randomUUID } from "node:crypto";
import type { Submitter } from "@/chaincode/src/acts/submitter";
import { ActsCity } from "@/chaincode/testing/acts-city";
import type { Input, Simulated } from "@/chaincode/testing/city";
import { withPartyKeys } from "@/chaincode/testing/party-keys";
import { people, torino } from "@/chaincode/testing/people";
import { storyFounding } from "@/chaincode/testing/register";
import type { Carried } from "@/protocol/acts/carried";
import { canonicalJson } from "@/protocol/canonical-json";
import type { Actor } from "@/protocol/primitives";
import type { TransactionName } from "@/protocol/transactions";

/** What a peer's simulation of one transaction came to. Keys are composite ones. */
export interface PlainTransaction {
  name: string;
  argument: string;
  submitter: Submitter;
  at: number;
  reads: string[];
  writes: [key: string, value: string][];
  /** Bytes of the private collection; undefined where they are purged. */
  privateWrites: [key: string, value: Uint8Array | undefined][];
  event: string;
}

export class RecordedCity extends ActsCity {
  readonly transactions: PlainTransaction[] = [];
  /** What is done once after the first transaction of a name. */
  readonly after = new Map<TransactionName, () => Promise<void>>();

  /** Founded, so that its story can be told. */
  static async told<C extends RecordedCity>(
    city = new RecordedCity() as C,
    input = storyFounding(),
  ): Promise<C> {
    if (!input.trial) city.now = Date.parse(`${input.day}T10:00:00Z`);
    await city.carried("municipality:found", { by: "service", input });
    await withPartyKeys(city);
    return city;
  }

  override async submit<T extends TransactionName>(
    actor: Actor,
    name: T,
    input: Input<T>,
  ): Promise<Simulated> {
    const whole = { command: randomUUID(), municipality: actor.municipality, ...input };
    const simulated = await this.#keep(name, this.carriedBy(actor, name, whole));
    const next = this.after.get(name);
    this.after.delete(name);
    await next?.();
    return simulated;
  }

  override async carried(name: TransactionName, argument: Carried): Promise<Simulated> {
    return this.#keep(name, argument);
  }

  async #keep(name: TransactionName, carried: Carried): Promise<Simulated> {
    const argument = JSON.stringify(carried);
    const { submitter } = this;
    const simulated = await this.simulateText(people.service, name, argument);
    if (!this.state.commit(simulated.simulation)) throw new Error("conflict with nothing");
    const { simulation, event } = simulated;
    this.transactions.push({
      ...{ name, argument, submitter, at: this.now, event: canonicalJson(JSON.parse(JSON.stringify(event))) },
      reads: [...simulation.reads.keys()].map(composite),
      writes: [...simulation.writes].map(([key, value]) => [composite(key), value]),
      privateWrites: [...simulation.privateWrites].map(([key, value]) => [composite(key), value]),
    });
    return simulated;
  }
}

/** Of the parts of a key, each followed by U+0000. */
function composite(flat: string): string {
  return `\0${flat}`;
}

export const keyOf = (...parts: string[]) => `\0${[torino, ...parts].join("\0")}\0`;
