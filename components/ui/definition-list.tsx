import type { ReactNode } from "react";

/** Terms with what they are: one column when narrow, two when wide. */
export function DefinitionList({ items }: { items: readonly { term: string; description: ReactNode }[] }) {
  return (
    <dl className="max-w-form divide-y divide-line border-line border-y">
      {items.map(({ term, description }) => (
        <div key={term} className="grid gap-x-6 py-2.5 sm:grid-cols-[12rem_1fr]">
          <dt className="font-semibold">{term}</dt>
          <dd className="min-w-0">{description}</dd>
        </div>
      ))}
    </dl>
  );
}
