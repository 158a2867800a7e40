import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { canonicalJson } from "../../protocol/canonical-json";
import { type ErrorCode, RuleError } from "../../protocol/errors";
import { Event } from "../../protocol/events";
import type { Actor } from "../../protocol/primitives";
import type { RecordOf, RecordType } from "../../protocol/records";
import type { InputOf, TransactionName } from "../../protocol/transactions";
import { CachedState } from "../src/domain/cached-state";
import { execute } from "../src/domain/execute";
import { separateVoices } from "../src/domain/voices";
import { nodeChecks } from "../src/ledger/checks";
import { digest, type RegistrarKey } from "./keys";
import { MemoryState, type Simulation } from "./memory-state";
import { people, torino } from "./people";
import { channel, configuredRecoveryKeys, storyFounding } from "./register";

export type Input<T extends TransactionName> = Omit<InputOf<T>, "command" | "municipality"> & {
  command?: string;
  municipality?: string;
};

/** Who a story is told to: a city in memory, or one on a ledger. */
export interface Teller {
  submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<unknown>;
  advanceTo(day: string): Promise<unknown>;
  /** Says which key a registrar's certificate is for. */
  holdsKey(actor: Actor, key: RegistrarKey): void;
}

/** A municipality's part of a chain, in memory: transactions go through the same `execute` as in the contracts. */
export class City implements Teller {
  /** The endorser's clock. */
  now = Date.parse("2026-06-01T10:00:00Z");
  certificateKey = "";
  /** What travels beside the next transactions, as the transient field `envelopes`. */
  envelopes: readonly string[] | undefined;
  /** What this endorser knows of recovery keys. */
  recoveryKeys = configuredRecoveryKeys;

  constructor(readonly state = new MemoryState()) {}

  /** Founded, on 1 January 2026. */
  static async founded(input = storyFounding()): Promise<City> {
    const city = new City();
    await city.submit(people.service, "municipality:found", input);
    return city;
  }

  /** The city as a step of the story leaves it; each step is played once and copied from then on. */
  static async after(step: (city: City) => Promise<void>): Promise<City> {
    const played = stages.get(step) ?? play(step);
    stages.set(step, played);
    return new City((await played).state.clone());
  }

  /** Simulates a transaction on the state as it stands, without committing it. */
  async simulate<T extends TransactionName>(
    actor: Actor,
    name: T,
    input: Input<T>,
    simulation = this.state.simulate(),
  ): Promise<Simulated> {
    const argument = JSON.stringify({ command: randomUUID(), municipality: actor.municipality, ...input });
    return this.simulateText(actor, name, argument, simulation);
  }

  /** Simulates a transaction with whatever text as its argument. */
  async simulateText(
    actor: Actor,
    name: TransactionName,
    argument: string,
    simulation = this.state.simulate(),
  ): Promise<Simulated> {
    const txId = digest(randomUUID());
    const { result, event } = await this.run(actor, name, argument, simulation, txId, this.now);
    Event.parse(JSON.parse(JSON.stringify(event)));

    // Another endorser, whose clock is a little ahead, must come to the very same bytes.
    const other = this.state.simulate();
    const endorsed = await this.run(actor, name, argument, other, txId, this.now + 1);
    expect([...other.writes]).toEqual([...simulation.writes]);
    expect([...other.privateWrites]).toEqual([...simulation.privateWrites]);
    expect(canonicalJson([endorsed.result ?? null, endorsed.event])).toBe(
      canonicalJson([result ?? null, event]),
    );
    return { simulation, result, event, txId };
  }

  /** Runs the rule as one endorser does. */
  protected run(
    actor: Actor,
    name: TransactionName,
    argument: string,
    simulation: Simulation,
    txId: string,
    now: number,
  ): ReturnType<typeof execute> {
    return execute(name, jsonOf(argument), new CachedState(simulation), {
      actor,
      txId,
      now,
      voices: separateVoices,
      ...this.endorser(),
    });
  }

  /** What does not depend on the transaction. */
  protected endorser() {
    return {
      certificateKey: () => this.certificateKey,
      checks: nodeChecks,
      channel,
      recoveryKeys: this.recoveryKeys,
      transient: (name: string) =>
        name === "envelopes" && this.envelopes ? Buffer.from(JSON.stringify(this.envelopes)) : undefined,
    };
  }

  async submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<Simulated> {
    const simulated = await this.simulate(actor, name, input);
    if (!this.state.commit(simulated.simulation)) throw new Error("conflict with nothing");
    return simulated;
  }

  /** The code a transaction is refused with. */
  async refusal<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<ErrorCode> {
    const { code } = await this.refused(actor, name, input);
    return code;
  }

  /** A transaction that must be refused and write nothing. */
  async refused<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<RuleError> {
    return this.#refusedBy(name, (simulation) => this.simulate(actor, name, input, simulation));
  }

  /** The same with whatever text as its argument. */
  async refusedText(actor: Actor, name: TransactionName, argument: string): Promise<RuleError> {
    return this.#refusedBy(name, (simulation) => this.simulateText(actor, name, argument, simulation));
  }

  async #refusedBy(name: string, attempt: (simulation: Simulation) => Promise<unknown>): Promise<RuleError> {
    const simulation = this.state.simulate();
    try {
      await attempt(simulation);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      if (simulation.writes.size > 0) throw new Error(`${name} was refused and wrote`);
      return error;
    }
    throw new Error(`${name} was not refused`);
  }

  /** A record that must be there. */
  record<T extends RecordType>(type: T, ...idParts: string[]): RecordOf<T> {
    const record = this.state.get<RecordOf<T>>([torino, type, ...idParts]);
    if (!record) throw new Error(`no ${type} ${idParts.join("/")}`);
    return record;
  }

  holdsKey(_: Actor, key: RegistrarKey): void {
    this.certificateKey = key.publicKey;
  }

  async advanceTo(day: string): Promise<void> {
    await this.submit(people.service, "municipality:advanceDay", { day });
  }
}

const stages = new Map<(city: City) => Promise<void>, Promise<City>>();

async function play(step: (city: City) => Promise<void>): Promise<City> {
  const city = await City.founded();
  await step(city);
  return city;
}

export interface Simulated {
  simulation: Simulation;
  result: Record<string, unknown> | undefined;
  event: Event;
  txId: string;
}

/** What a text says; one that is no JSON says nothing that is an input. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
