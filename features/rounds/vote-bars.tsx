import { Bar } from "@/components/charts/bar";

/** Votes by project as bars, full for those that were funded. The table beside it has the figures. */
export function VoteBars({
  rows,
  title,
}: {
  rows: readonly { label: string; votes: number; shown: string; selected: boolean }[];
  title: string;
}) {
  const most = Math.max(1, ...rows.map(({ votes }) => votes));
  return (
    <div role="img" aria-label={title} className="max-w-form space-y-2 text-base">
      {rows.map(({ label, votes, shown, selected }) => (
        <div
          key={label}
          className="grid grid-cols-[1fr_4rem] items-center gap-x-3 sm:grid-cols-[16rem_1fr_4rem]"
        >
          <span className="col-span-2 sm:col-span-1">{label}</span>
          <Bar parts={[{ from: 0, to: (votes / most) * 100, look: selected ? "full" : "outline" }]} />
          <span className="tabular-nums">{shown}</span>
        </div>
      ))}
    </div>
  );
}
