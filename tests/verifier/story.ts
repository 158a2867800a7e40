/** Changes to a story's transactions, by whoever holds all keys of the ledger: what they write is signed and endorsed again. */
import { hexToBytes } from "@noble/hashes/utils.js";
import {
  castOf,
  type Elector,
  electors,
  group,
  hex,
  sealedRoundOf,
} from "@/chaincode/testing/sealed-election";
import type { RecordOf, RecordType } from "@/protocol/records";
import type { Cast } from "@/voting/sealed/cast";
import type { SealedRound } from "@/voting/sealed/round";
import type { Transaction } from "./chain-maker";
import { keyOf } from "./recorded-city";
import { deskStory, id, sealedStory } from "./sealed-round";

type Change<T extends RecordType> = (record: RecordOf<T>) => unknown;

export class Story {
  constructor(public transactions: Transaction[]) {}

  static async sealed(): Promise<Story> {
    return new Story(await sealedStory());
  }

  static async desks(): Promise<Story> {
    return new Story(await deskStory());
  }

  /** The transactions of a name, in their order. */
  all(name: string): Transaction[] {
    return this.transactions.filter((one) => one.name === name);
  }

  /** @param nth from 0; from the end where negative */
  the(name: string, nth = 0): Transaction {
    const found = this.all(name).at(nth);
    if (!found) throw new Error(`no ${name} in the story`);
    return found;
  }

  /** Changes the records of a type that a transaction writes. */
  edit<T extends RecordType>(transaction: Transaction, type: T, change: Change<T>): this {
    let found = 0;
    transaction.writes = transaction.writes.map(([key, value]) => {
      if (key.split("\0")[2] !== type) return [key, value];
      found += 1;
      const record = JSON.parse(value) as RecordOf<T>;
      change(record);
      return [key, JSON.stringify(record)];
    });
    if (found === 0) throw new Error(`${transaction.name} writes no ${type}`);
    return this;
  }

  /** Changes one record and what later transactions write of it. */
  editFrom<T extends RecordType>(first: Transaction, type: T, change: Change<T>): this {
    const start = this.transactions.indexOf(first);
    for (const one of this.transactions.slice(start))
      if (one.writes.some(([key]) => key.split("\0")[2] === type && key.includes(`\0${id}\0`)))
        this.edit(one, type, change);
    return this;
  }

  /** Leaves out everything after a transaction. */
  until(transaction: Transaction): this {
    this.transactions = this.transactions.slice(0, this.transactions.indexOf(transaction) + 1);
    return this;
  }

  drop(...dropped: readonly Transaction[]): this {
    this.transactions = this.transactions.filter((one) => !dropped.includes(one));
    return this;
  }

  move(moved: Transaction, before: Transaction): this {
    this.drop(moved);
    this.transactions.splice(this.transactions.indexOf(before), 0, moved);
    return this;
  }

  repeat(transaction: Transaction, after = transaction): Transaction {
    const copy = structuredClone(transaction);
    this.transactions.splice(this.transactions.indexOf(after) + 1, 0, copy);
    return copy;
  }

  /** The round as it was frozen. */
  get frozen(): RecordOf<"round"> {
    const [, value] = this.the("rounds:freeze").writes.find(([key]) => key === keyOf("round", id)) ?? [];
    return JSON.parse(value ?? "null");
  }

  get sealedRound(): SealedRound {
    return sealedRoundOf(this.frozen);
  }

  voters(area: number, count: number): Promise<Elector[]> {
    return electors(this.sealedRound, area, count);
  }

  cast(elector: Elector, choices: number[], seq = 1): Promise<Cast> {
    return castOf(this.sealedRound, elector, choices, seq);
  }

  /** Writes other ballots in the place of those of a cast, with their envelopes. */
  recast(transaction: Transaction, casts: readonly Cast[]): this {
    const { input } = group(id, casts);
    const template = JSON.parse(
      transaction.writes.find(([key]) => key.includes("\0sealed_ballot\0"))?.[1] ?? "{}",
    );
    const parts = ({ area, voter, seq }: Cast) => [
      ...[id, String(area).padStart(5, "0"), hex(voter), String(seq).padStart(2, "0")],
    ];
    transaction.writes = [
      ...transaction.writes.filter(
        ([key]) => !key.includes("\0sealed_ballot\0") && !key.includes("\0last_ballot\0"),
      ),
      ...casts.map((cast, index): [string, string] => [
        keyOf("sealed_ballot", ...parts(cast)),
        JSON.stringify({ ...template, area: cast.area, ...input.ballots[index] }),
      ]),
    ];
    transaction.reads = transaction.reads.filter((key) => !key.includes("\0last_ballot\0"));
    transaction.privateWrites = casts.map((cast) => [keyOf("envelope", ...parts(cast)), cast.envelope]);
    return this;
  }

  /** The ballots of a cast as records. */
  ballotsOf(transaction: Transaction): RecordOf<"sealed_ballot">[] {
    return transaction.writes
      .filter(([key]) => key.includes("\0sealed_ballot\0"))
      .map(([, value]) => JSON.parse(value));
  }
}

/** Another byte in a text of hexadecimal digits. */
export function turned(text: string): string {
  const bytes = hexToBytes(text);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return hex(bytes);
}
