import type { ReactNode } from "react";
import { DateText } from "./date-text";
import { Icon, type IconName } from "./icon";

/** The thread: dated steps along a line, in the order they happened. Children are `TimelineStep`. */
export function Timeline({ children }: { children: ReactNode }) {
  return <ol className="max-w-form print:max-w-none">{children}</ol>;
}

export function TimelineStep({
  icon,
  date,
  title,
  id,
  children,
}: {
  icon: IconName;
  /** A day, or an instant. */
  date: string | Date;
  title: ReactNode;
  id?: string;
  children?: ReactNode;
}) {
  return (
    <li id={id} className="relative pb-8 pl-14 last:pb-0 print:pb-4">
      {/* The line runs behind the marks and stops at the last one. */}
      <span
        aria-hidden="true"
        className="absolute top-0 bottom-0 left-5 w-0.5 bg-line [li:last-child>&]:hidden"
      />
      <span className="absolute top-0 left-0 flex size-10 items-center justify-center rounded-pill border-2 border-primary bg-page text-link">
        <Icon name={icon} />
      </span>
      <p className="text-base text-ink-soft">
        <DateText value={date} />
      </p>
      <h3 className="text-lg">{title}</h3>
      {children && <div className="mt-2 space-y-2 print:mt-0 print:space-y-0">{children}</div>}
    </li>
  );
}
