import { type IconName, iconShapes } from "./icon-shapes";

export type { IconName } from "./icon-shapes";

const sizes = { small: "size-4", normal: "size-5", large: "size-8" };

/** An icon beside a word. It says nothing to a screen reader: the word does. */
export function Icon({ name, size = "normal" }: { name: IconName; size?: keyof typeof sizes }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`${sizes[size]} inline-block shrink-0 align-[-0.2em]`}
      aria-hidden="true"
      focusable="false"
    >
      {iconShapes[name].map((shape) => (
        <path key={shape} d={shape} />
      ))}
    </svg>
  );
}
