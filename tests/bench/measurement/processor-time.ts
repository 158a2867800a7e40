import { processTree } from "./processes";

/** Programs by what stands in their command line; the first that matches counts. */
const kinds = [
  ["peers", /\/peer\0node\0start|ledger\/embedded\/main/],
  ["orderers", /\/orderer\0/],
  ["chaincode", /fabric-shim/],
  ["database", /postgres/],
  ["worker", /bench\/ballots\/worker/],
] as const;

export type ProcessorTimes = Readonly<Record<string, number>>;

/**
 * Processor time so far, milliseconds, of this process (`clients`) and of all that it started, by kind: other work on the
 * machine bears on it less than on the clock. Empty where there is no `/proc`.
 */
export async function processorTimes(): Promise<ProcessorTimes> {
  const times: Record<string, number> = {};
  for (const { pid, command, milliseconds } of await processTree(process.pid)) {
    const found = kinds.find(([, pattern]) => pattern.test(command))?.[0];
    const kind = pid === process.pid ? "clients" : (found ?? "others");
    times[kind] = (times[kind] ?? 0) + milliseconds;
  }
  return times;
}

/** What each of `count` things cost between two moments, milliseconds by kind. */
export function costOfEach(before: ProcessorTimes, after: ProcessorTimes, count: number): ProcessorTimes {
  const kindsSeen = Object.keys(after).sort();
  const each = kindsSeen.map((kind) => [kind, ((after[kind] ?? 0) - (before[kind] ?? 0)) / count] as const);
  return Object.fromEntries(each.map(([kind, cost]) => [kind, Math.round(cost * 100) / 100]));
}
