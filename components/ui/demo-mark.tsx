import { useTranslations } from "next-intl";

/** Stands beside every invented amount, and beside whatever else is invented. */
export function DemoMark({ fictional, of = "amount" }: { fictional: boolean; of?: "amount" | "meeting" }) {
  const t = useTranslations("ui.fictional");
  return fictional ? <span className="inline-block font-normal text-ink-soft text-sm">({t(of)})</span> : null;
}
