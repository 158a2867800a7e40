import type { BallotFigures } from "./ballots/polls";
import type { Options } from "./measurement/module";

export const needs = "contracts";

const atOnce = 800;
const warmUp = 400;
const turns = 2;
const ballotsOfATurn = { single: 600, batched: 3_000 };

/**
 * Ballots a second and the time to a receipt through outbox, ledger and tables, one ballot a transaction against
 * batched, by as many voters at once, on one ledger in one run. The two take turns, so that what else the machine does
 * bears on both.
 */
export default async function measureBallots({ ledger }: Options): Promise<object> {
  // Not before it has been seen to that the database's client is built.
  const { Polls } = await import("./ballots/polls");
  const polls = await Polls.open(ledger, 2_000);
  const figures = { single: [] as BallotFigures[], batched: [] as BallotFigures[] };
  try {
    for (let turn = 0; turn < turns; turn += 1)
      for (const way of ["single", "batched"] as const) {
        await polls.send({ batching: way === "batched" });
        await polls.cast(warmUp, atOnce);
        figures[way].push(await polls.cast(ballotsOfATurn[way], atOnce));
      }
  } finally {
    await polls.close();
  }
  const perSecond = (way: keyof typeof figures) => {
    const seconds = figures[way].reduce((sum, { ballots, perSecond: each }) => sum + ballots / each, 0);
    return (ballotsOfATurn[way] * turns) / seconds;
  };
  return {
    ledger,
    votersAtOnce: atOnce,
    ...figures,
    batchedPerSecond: Math.round(perSecond("batched")),
    singlePerSecond: Math.round(perSecond("single")),
    timesFaster: Math.round((perSecond("batched") / perSecond("single")) * 10) / 10,
  };
}
