/** Votes by project as bars, drawn on the server. The table beside it has the figures. */
export function VoteBars({
  rows,
  title,
}: {
  rows: readonly { label: string; votes: number; selected: boolean }[];
  title: string;
}) {
  const most = Math.max(1, ...rows.map(({ votes }) => votes));
  const height = rows.length * 34;
  return (
    <svg
      viewBox={`0 0 640 ${height}`}
      role="img"
      aria-label={title}
      className="h-auto w-full max-w-form text-ink"
    >
      {rows.map(({ label, votes, selected }, index) => {
        const y = index * 34;
        const width = Math.round((votes / most) * 330);
        return (
          <g key={label}>
            <text x="0" y={y + 20} fontSize="14" fill="currentColor">
              {label.length > 30 ? `${label.slice(0, 29)}…` : label}
            </text>
            <rect
              x="240"
              y={y + 6}
              width={Math.max(2, width)}
              height="20"
              strokeWidth="2"
              className={selected ? "fill-primary stroke-primary" : "fill-none stroke-control"}
            />
            <text x={250 + width} y={y + 21} fontSize="14" fill="currentColor">
              {votes}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
