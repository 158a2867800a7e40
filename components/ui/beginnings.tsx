import type { ComponentProps, ReactNode } from "react";
import { TextLink } from "./link";

/** What a form can begin from, each a page of its own; the one it has begun from is no link. */
export function Beginnings({
  choices,
}: {
  choices: readonly {
    key: string;
    label: ReactNode;
    href: ComponentProps<typeof TextLink>["href"];
    isChosen: boolean;
  }[];
}) {
  return (
    <ul className="divide-y divide-line border-line border-y">
      {choices.map(({ key, label, href, isChosen }) => (
        <li key={key} className="py-2">
          {isChosen ? <strong aria-current="true">{label}</strong> : <TextLink href={href}>{label}</TextLink>}
        </li>
      ))}
    </ul>
  );
}
