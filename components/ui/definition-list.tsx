import type { ReactNode } from "react";

/** Terms with what they are: one column when narrow, two when wide; `beside` a text there is room for one alone. */
export function DefinitionList({
  items,
  beside = false,
}: {
  items: readonly { term: string; description: ReactNode }[];
  beside?: boolean;
}) {
  return (
    <dl
      className={`max-w-form divide-y divide-line border-line ${beside ? "border-y lg:border-b-0" : "border-y"}`}
    >
      {items.map(({ term, description }) => (
        <div
          key={term}
          className={`grid gap-x-6 py-2.5 sm:grid-cols-[12rem_1fr] ${beside ? "lg:grid-cols-1" : ""}`}
        >
          <dt className="font-semibold">{term}</dt>
          <dd className="min-w-0">{description}</dd>
        </div>
      ))}
    </dl>
  );
}
