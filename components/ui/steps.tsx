import { useTranslations } from "next-intl";
import { Bar } from "@/components/charts/bar";
import { type Href, Link } from "@/lib/language/navigation";
import { Icon, type IconName } from "./icon";

export type Step = { label: string; state: "done" | "current" | "todo"; href?: Href };

const icons: Record<Step["state"], IconName> = {
  done: "check-circle",
  current: "edit",
  todo: "minus-circle",
};

/** Where one is in a longer task. Steps with an address can be gone back to. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const t = useTranslations("ui.steps");
  const current = steps.findIndex((step) => step.state === "current");
  return (
    <nav aria-label={t("label")} className="mb-6 print:hidden">
      <p className="font-semibold">{t("position", { step: current + 1, steps: steps.length })}</p>
      <div className="my-2 max-w-form">
        <Bar framed parts={[{ from: 0, to: ((current + 1) / steps.length) * 100, look: "full" }]} />
      </div>
      <details className="max-w-form">
        <summary className="flex min-h-11 items-center gap-2 text-link">
          <Icon name="list" />
          {t("label")}
        </summary>
        <ol className="space-y-1">
          {steps.map((step) => (
            <li key={step.label} className="flex min-h-11 items-center gap-2">
              <Icon name={icons[step.state]} />
              {step.href && step.state !== "current" ? (
                <Link prefetch={false} href={step.href} className="text-link underline underline-offset-4">
                  {step.label}
                </Link>
              ) : (
                <span aria-current={step.state === "current" ? "step" : undefined}>{step.label}</span>
              )}
              <span className="text-base text-ink-soft">({t(step.state)})</span>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}
