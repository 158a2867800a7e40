import { rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { validationCodes } from "../../evidence/codes";
import { NAMESPACE, newLedger, open, simulate } from "./ledger-fixture";
import type { Ledger, PreparedTransaction, Simulator } from "./types";

const { VALID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT } = validationCodes;

// Keys whose order by bytes is not their order by UTF-16 units, composite keys and prefixes of one another.
const keys = ["a", "ab", "b", "é", "\uffee", "🌳", "\u0000type\u0000a\u0000", "\u0000type\u0000b\u0000"];
const bounds = ["", "\u0001", "a", "b", "c", "\uffef", "\u0000type\u0000", "\u0000type\u{10ffff}"];

type Step =
  | { kind: "get"; key: string }
  | { kind: "put"; key: string; value: string }
  | { kind: "delete"; key: string }
  | { kind: "metadata"; key: string; value: string }
  | { kind: "range"; start: string; end: string; take: number };

const key = fc.constantFrom(...keys);
const value = fc.constantFrom("1", "2", "3");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("get" as const), key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("put" as const), key, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("metadata" as const), key, value }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("range" as const),
      start: fc.constantFrom(...bounds),
      end: fc.constantFrom(...bounds),
      take: fc.integer({ min: 1, max: 4 }),
    }),
  },
);
/** A round: transactions simulated on one state, then committed together in one or two blocks. */
const round = fc.record({
  transactions: fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
  split: fc.integer({ min: 0, max: 4 }),
});

/** The naive model: a map, its versions as one text each, and nothing clever. */
class Model {
  readonly entries = new Map<string, { value: string; metadata: string; version: string }>();
  touched = new Set<string>();

  copy(): Model {
    const copy = new Model();
    for (const [name, entry] of this.entries) copy.entries.set(name, entry);
    return copy;
  }

  range(start: string, end: string, take: number) {
    const all = [...this.entries]
      .filter(([name]) => order(name, start) >= 0 && (end === "" || order(name, end) < 0))
      .sort(([a], [b]) => order(a, b))
      .map(([name, { version }]) => `${name}@${version}`);
    return all.slice(0, take);
  }

  /** A range as validation looks at it: up to the last key seen where the scan had stopped early. */
  seenAgain(
    { start, end, take }: Extract<Step, { kind: "range" }>,
    before: readonly string[],
  ): readonly string[] {
    if (before.length < take) return this.range(start, end, Number.POSITIVE_INFINITY);
    const last = before.at(-1)?.replace(/@[^@]*$/, "") ?? "";
    return this.range(start, `${last}\u0000`, Number.POSITIVE_INFINITY);
  }

  code(steps: readonly Step[], seen: Model): number {
    // Keys come before ranges in a namespace, whatever the order of the calls.
    for (const each of steps) {
      if (each.kind !== "get") continue;
      if (this.touched.has(each.key)) return MVCC_READ_CONFLICT;
      if (this.entries.get(each.key)?.version !== seen.entries.get(each.key)?.version)
        return MVCC_READ_CONFLICT;
    }
    for (const each of steps) {
      if (each.kind !== "range") continue;
      const before = seen.range(each.start, each.end, each.take);
      if (before.join() !== this.seenAgain(each, before).join()) return PHANTOM_READ_CONFLICT;
    }
    return VALID;
  }

  apply(steps: readonly Step[], version: string): void {
    const values = new Map<string, string | undefined>();
    const metadata = new Map<string, string>();
    for (const each of steps) {
      if (each.kind === "put") values.set(each.key, each.value);
      if (each.kind === "delete") values.set(each.key, undefined);
      if (each.kind === "metadata") metadata.set(each.key, each.value);
    }
    const before = this.copy();
    for (const [name, text] of values) {
      this.touched.add(name);
      const kept = metadata.get(name) ?? before.entries.get(name)?.metadata ?? "";
      if (text === undefined) this.entries.delete(name);
      else this.entries.set(name, { value: text, metadata: kept, version });
    }
    for (const [name, text] of metadata) {
      const entry = before.entries.get(name);
      if (values.has(name) || !entry) continue;
      this.touched.add(name);
      this.entries.set(name, { value: entry.value, metadata: text, version });
    }
  }
}

test("random concurrent transactions get the codes and leave the state that the naive model says", async () => {
  let seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), async (rounds) => {
      const { dir, ledger } = await newLedger();
      const model = new Model();
      for (const { transactions, split } of rounds) {
        const snapshot = model.copy();
        const prepared: PreparedTransaction[] = [];
        for (const steps of transactions) prepared.push(await simulate(ledger, (each) => run(each, steps)));
        for (const [from, to] of [
          [0, split],
          [split, transactions.length],
        ] as const) {
          const batch = prepared.slice(from, to);
          if (batch.length === 0) continue;
          const number = ledger.height;
          const { codes } = await ledger.commit(batch);
          model.touched = new Set();
          const expected = transactions.slice(from, to).map((steps, index) => {
            const code = model.code(steps, snapshot);
            if (code === VALID) model.apply(steps, `${number}.${index}`);
            return code;
          });
          expect(codes).toEqual(expected);
          seen = new Set([...seen, ...codes]);
        }
      }
      const live = await contents(ledger);
      expect(live).toEqual(
        [...model.entries].sort(([a], [b]) => order(a, b)).map(([name, entry]) => [name, entry]),
      );
      await ledger.verify({});
      await ledger.close();
      await rm(join(dir, "state"), { recursive: true });
      const rebuilt = await open(dir);
      expect(rebuilt.recovery.replayedBlocks).toBe(rebuilt.height);
      expect(await contents(rebuilt)).toEqual(live);
      await rebuilt.close();
    }),
    { numRuns: 60 },
  );
  expect(seen).toEqual(new Set([VALID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT]));
});

async function run(simulator: Simulator, steps: readonly Step[]): Promise<void> {
  for (const each of steps) {
    if (each.kind === "get") await simulator.getState(NAMESPACE, each.key);
    if (each.kind === "put") simulator.putState(NAMESPACE, each.key, Buffer.from(each.value));
    if (each.kind === "delete") simulator.delState(NAMESPACE, each.key);
    if (each.kind === "metadata") {
      simulator.setStateMetadata(NAMESPACE, each.key, [{ name: "note", value: Buffer.from(each.value) }]);
    }
    if (each.kind === "range") {
      const found = simulator.getStateByRange(NAMESPACE, each.start, each.end);
      for (let taken = 0; taken < each.take && (await found.next()); taken += 1);
    }
  }
}

async function contents(ledger: Ledger) {
  const simulator = ledger.simulator("contents");
  const found: unknown[] = [];
  const range = simulator.getStateByRange(NAMESPACE, "", "");
  for (let next = await range.next(); next; next = await range.next()) {
    const state = await ledger.state(NAMESPACE, next.key);
    found.push([
      next.key,
      {
        value: Buffer.from(next.value).toString(),
        metadata: Buffer.from(state?.metadata[0]?.value ?? []).toString(),
        version: `${state?.version.block}.${state?.version.transaction}`,
      },
    ]);
  }
  await simulator.close();
  return found;
}

function order(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
