import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/ui/money";
import { formatShare } from "@/lib/format";

type Totals = { budgetCents: bigint; committedCents: bigint; paidCents: bigint };

const parts = [
  ["paid", "fill-success"],
  ["committed", "fill-primary"],
  ["left", "fill-line"],
] as const;

/** This year's money as one bar: paid, committed and not yet paid, still free. */
export function MoneyBar({ totals: { budgetCents, committedCents, paidCents } }: { totals: Totals }) {
  const t = useTranslations("municipality.moneyParts");
  const locale = useLocale();
  const cents = {
    paid: paidCents,
    committed: committedCents - paidCents,
    left: budgetCents - committedCents,
  };
  const whole = budgetCents > 0n ? budgetCents : 1n;
  const share = (amount: bigint) => Number((amount * 10_000n) / whole);
  let before = 0;
  return (
    <figure className="space-y-4">
      <svg width="100%" height="28" className="rounded-smooth" aria-hidden="true" focusable="false">
        {parts.map(([part, fill]) => {
          const width = share(cents[part]) / 100;
          const x = before;
          before += width;
          return <rect key={part} x={`${x}%`} width={`${width}%`} height="28" className={fill} />;
        })}
      </svg>
      <figcaption>
        <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-3">
          {parts.map(([part, fill]) => (
            <div key={part}>
              <dt className="flex items-center gap-2 text-base text-ink-soft">
                <svg viewBox="0 0 12 12" className="size-3 shrink-0" aria-hidden="true" focusable="false">
                  <rect width="12" height="12" className={fill} />
                </svg>
                {t(part)}
              </dt>
              <dd>
                <strong className="text-lg">
                  <Money cents={cents[part]} />
                </strong>{" "}
                <span className="text-base text-ink-soft">({formatShare(share(cents[part]), locale)})</span>
              </dd>
            </div>
          ))}
        </dl>
      </figcaption>
    </figure>
  );
}
