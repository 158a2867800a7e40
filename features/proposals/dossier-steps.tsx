import { useTranslations } from "next-intl";
import { steps } from "./dossier";

/** What a dossier asks, screen by screen, for whoever has not begun one. */
export function DossierSteps() {
  const t = useTranslations("propose");
  return (
    <section aria-labelledby="asked" className="space-y-4">
      <h2 id="asked">{t("asked")}</h2>
      <ol className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {steps.map((step, index) => (
          <li key={step} className="flex gap-3">
            <span
              aria-hidden="true"
              className="flex size-8 shrink-0 items-center justify-center rounded-pill bg-primary-soft font-semibold"
            >
              {index + 1}
            </span>
            <span className="min-w-0 text-base">
              <strong className="block text-md">{t(`step.${step}`)}</strong>
              {t(`stepLead.${step}`)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
