import { type IconName, iconShapes } from "./icon-shapes";

export type { IconName } from "./icon-shapes";

const sizes = { small: "size-4", normal: "size-5", large: "size-8" };

/** An icon beside a word. It says nothing to a screen reader: the word does. */
export function Icon({ name, size = "normal" }: { name: IconName; size?: keyof typeof sizes }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`drawn ${sizes[size]} inline-block shrink-0 align-[-0.2em]`}
      aria-hidden="true"
    >
      <path d={path(name)} />
    </svg>
  );
}

/** All strokes of an icon as one path: a page has many icons, and each element costs its server and its reader. */
function path(name: IconName): string {
  const known = paths.get(name);
  if (known !== undefined) return known;
  const joined = iconShapes[name].map(absolute).join("");
  paths.set(name, joined);
  return joined;
}

const paths = new Map<IconName, string>();

/** A path begins where its first pair says; behind another one that has to be said of the whole drawing. */
function absolute(shape: string): string {
  return shape.replace(
    /^m(-?[\d.]+[ ,]?-?[\d.]+)[ ,]?(-?[\d.])?/,
    (_, from: string, next: string | undefined) => `M${from}${next === undefined ? "" : `l${next}`}`,
  );
}
