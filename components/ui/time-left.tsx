import { useTranslations } from "next-intl";
import { timeLeft } from "@/lib/format";

/** Time left in words, or how late something is. `now` is given by the page, so that server and browser agree. */
export function TimeLeft({ until, now }: { until: Date; now: Date }) {
  const t = useTranslations("time");
  const { late, unit, count } = timeLeft(until, now);
  const text = t(`${unit}${late ? "Late" : "Left"}`, { count });
  return late ? <strong className="text-danger">{text}</strong> : text;
}
