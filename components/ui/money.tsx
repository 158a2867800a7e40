import { useLocale } from "next-intl";
import { formatMoney } from "@/lib/format";

/** An amount in integer euro cents, never broken over two lines. */
export function Money({ cents }: { cents: number | bigint }) {
  const locale = useLocale();
  return <span className="whitespace-nowrap tabular-nums">{formatMoney(cents, locale)}</span>;
}
