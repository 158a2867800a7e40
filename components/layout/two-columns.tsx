import type { ReactNode } from "react";

/**
 * What is read, and beside it what is looked up while reading: state, dates, money. Where there is one column alone,
 * what is looked up comes first, because it is short and says whether the rest is worth reading; help with what is done
 * on the page comes `after` it.
 */
export function TwoColumns({
  aside,
  after = false,
  children,
}: {
  aside: ReactNode;
  after?: boolean;
  children: ReactNode;
}) {
  const beside = (
    <div className="space-y-4 lg:col-start-2 lg:row-start-1 lg:rounded-smooth lg:border lg:border-line lg:p-5">
      {aside}
    </div>
  );
  return (
    <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
      {!after && beside}
      <div className="min-w-0 space-y-10 lg:col-start-1 lg:row-start-1">{children}</div>
      {after && beside}
    </div>
  );
}
