import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import type { IconName } from "@/components/ui/icon";

/** A step that is not the usual one: closed until it is wanted. */
export function FoldedStep({
  title,
  icon,
  text,
  children,
}: {
  title: string;
  icon: IconName;
  text: string;
  children: ReactNode;
}) {
  return (
    <Disclosure label={title} icon={icon}>
      <div className="space-y-4">
        <p className="max-w-text">{text}</p>
        {children}
      </div>
    </Disclosure>
  );
}
