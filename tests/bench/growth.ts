import type { Options } from "./measurement/module";

export const needs = "contracts";
/** It takes minutes: only when it is asked for by name. */
export const onlyByName = true;

const atOnce = 800;
const measured = 5_000;
const few = 1_000;
const many = 100_000;

/** Batched ballots a second with few and with many ballots already on the ledger, in one run. */
export default async function measureGrowth({ ledger }: Options): Promise<object> {
  // Not before it has been seen to that the database's client is built.
  const { Polls } = await import("./ballots/polls");
  const polls = await Polls.open(ledger, 5_000);
  try {
    await polls.cast(few, atOnce);
    const withFew = await polls.cast(measured, atOnce);
    const started = performance.now();
    await polls.fill(many - few - measured);
    const fillSeconds = Math.round((performance.now() - started) / 1000);
    await polls.cast(few, atOnce);
    const withMany = await polls.cast(measured, atOnce);
    return {
      ledger,
      votersAtOnce: atOnce,
      with1000Ballots: withFew,
      with100000Ballots: withMany,
      fillSeconds,
      ratio: Math.round((withMany.perSecond / withFew.perSecond) * 100) / 100,
    };
  } finally {
    await polls.close();
  }
}
