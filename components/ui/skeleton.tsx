const heights = { line: "h-6", control: "h-11", block: "h-40", map: "h-full min-h-96" };

/** Holds the place of something that is loaded by script, so that nothing jumps. Words beside it say what comes. */
export function Skeleton({ height = "line" }: { height?: keyof typeof heights }) {
  return (
    <div
      aria-hidden="true"
      className={`${heights[height]} w-full rounded-smooth bg-muted motion-safe:animate-pulse`}
    />
  );
}
