import { Bar, type BarPart } from "@/components/charts/bar";
import { selectedBy } from "@/voting/allocation/outcome";
import type { Trace } from "@/voting/allocation/rounds";

/**
 * The method as a staircase: each step a row, the money a project takes as a block where the blocks before it end,
 * and what is still left to its right. The table beside it has the figures.
 */
export function StepsPicture({
  trace,
  budget,
  titles,
  title,
}: {
  trace: Trace;
  budget: bigint;
  titles: ReadonlyMap<string, string>;
  title: string;
}) {
  const share = (cents: bigint) => (Number(cents) / Math.max(1, Number(budget))) * 100;
  return (
    <div role="img" aria-label={title} className="max-w-form space-y-1 text-base">
      {trace.rounds.map(({ round, step, cost, left }) => {
        const isTaken = selectedBy(step) !== null;
        const before = share(budget - left - (isTaken ? cost : 0n));
        const parts: BarPart[] = [{ from: 0, to: before, look: "spent" }];
        if (isTaken) parts.push({ from: before, to: before + share(cost), look: "full" });
        return (
          <div
            key={round}
            className="grid grid-cols-[1fr_1rem] items-center gap-x-2 sm:grid-cols-[16rem_1fr_1rem]"
          >
            <span className="col-span-2 sm:col-span-1">
              {step.project}. {titles.get(step.project) ?? ""}
            </span>
            <Bar framed parts={before > 0 ? parts : parts.slice(1)} />
            <span>{isTaken ? "" : "×"}</span>
          </div>
        );
      })}
    </div>
  );
}
