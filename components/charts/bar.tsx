export type BarPart = { from: number; to: number; look: "full" | "spent" | "outline" };

const classes: Record<BarPart["look"], string> = {
  full: "fill-primary stroke-primary",
  spent: "fill-line stroke-line",
  outline: "fill-none stroke-control",
};

/** A bar as wide as there is room, its parts in hundredths of it. Says nothing by itself: words stand beside it. */
export function Bar({ parts, framed }: { parts: readonly BarPart[]; framed?: boolean }) {
  return (
    <svg
      viewBox="0 0 100 20"
      preserveAspectRatio="none"
      className="block h-5 w-full"
      aria-hidden="true"
      focusable="false"
    >
      {framed && <rect x="0" y="0" width="100" height="20" className="fill-none stroke-line" />}
      {parts.map(({ from, to, look }) => (
        <rect
          key={`${from} ${look}`}
          x={from}
          y="2"
          width={Math.max(0.5, to - from)}
          height="16"
          vectorEffect="non-scaling-stroke"
          strokeWidth="2"
          className={classes[look]}
        />
      ))}
    </svg>
  );
}
