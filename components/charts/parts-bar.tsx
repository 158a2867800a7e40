import { useLocale } from "next-intl";
import { Money } from "@/components/ui/money";
import { formatShare } from "@/lib/format";

export type MoneyPart = { label: string; cents: bigint; fill: "fill-success" | "fill-primary" | "fill-line" };

/** A sum as one bar of its parts, each with its amount and its share; `stacked` where there is room for one column. */
export function PartsBar({ parts, stacked = false }: { parts: readonly MoneyPart[]; stacked?: boolean }) {
  const locale = useLocale();
  const sum = parts.reduce((total, { cents }) => total + cents, 0n);
  const whole = sum > 0n ? sum : 1n;
  const share = (cents: bigint) => Number((cents * 10_000n) / whole);
  let before = 0;
  return (
    <figure className="space-y-4">
      <svg width="100%" height="28" className="rounded-smooth" aria-hidden="true" focusable="false">
        {parts.map(({ label, cents, fill }) => {
          const width = share(cents) / 100;
          const x = before;
          before += width;
          return <rect key={label} x={`${x}%`} width={`${width}%`} height="28" className={fill} />;
        })}
      </svg>
      <figcaption>
        <dl className={`grid gap-x-6 gap-y-3 ${stacked ? "" : "sm:grid-cols-3"}`}>
          {parts.map(({ label, cents, fill }) => (
            <div key={label}>
              <dt className="flex items-center gap-2 text-base text-ink-soft">
                <svg viewBox="0 0 12 12" className="size-3 shrink-0" aria-hidden="true" focusable="false">
                  <rect width="12" height="12" className={fill} />
                </svg>
                {label}
              </dt>
              <dd>
                <strong className="text-lg">
                  <Money cents={cents} />
                </strong>{" "}
                <span className="text-base text-ink-soft">({formatShare(share(cents), locale)})</span>
              </dd>
            </div>
          ))}
        </dl>
      </figcaption>
    </figure>
  );
}
