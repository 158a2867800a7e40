import { selectedBy } from "@/voting/allocation/outcome";
import type { Trace } from "@/voting/allocation/rounds";

const WIDTH = 640;
const ROW = 30;
const LABEL = 230;

/**
 * The method as a staircase, drawn on the server: each step a row, the money a project takes as a block where the
 * blocks before it end, and what is still left to its right. The table beside it has the figures.
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
  const scale = (cents: bigint) => (Number(cents) / Math.max(1, Number(budget))) * (WIDTH - LABEL);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${trace.rounds.length * ROW}`}
      role="img"
      aria-label={title}
      className="h-auto w-full max-w-form text-ink"
    >
      {trace.rounds.map(({ round, step, cost, left }) => {
        const y = (round - 1) * ROW;
        const isTaken = selectedBy(step) !== null;
        const before = scale(budget - left - (isTaken ? cost : 0n));
        const name = `${step.project}. ${titles.get(step.project) ?? ""}`;
        return (
          <g key={round}>
            <text x="0" y={y + 19} fontSize="13" fill="currentColor">
              {name.length > 31 ? `${name.slice(0, 30)}…` : name}
            </text>
            <rect x={LABEL} y={y + 5} width={WIDTH - LABEL} height="20" className="fill-none stroke-line" />
            <rect x={LABEL} y={y + 5} width={before} height="20" className="fill-line" />
            {isTaken ? (
              <rect
                x={LABEL + before}
                y={y + 5}
                width={Math.max(2, scale(cost))}
                height="20"
                className="fill-primary"
              />
            ) : (
              <text x={LABEL + before + 6} y={y + 20} fontSize="13" fill="currentColor">
                ×
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
