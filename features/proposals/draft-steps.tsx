import { useTranslations } from "next-intl";
import { Steps } from "@/components/ui/steps";
import { type Step, stepPath, steps } from "./dossier";
import type { DraftView } from "./queries";

/** Where one is in the dossier. A step is done when nothing that is needed is missing on it. */
export function DraftSteps({
  municipality,
  draft,
  current,
}: {
  municipality: string;
  draft: Pick<DraftView, "id" | "missing">;
  current: Step;
}) {
  const t = useTranslations("propose.step");
  const missing = new Set(draft.missing.map(({ step }) => step));
  return (
    <Steps
      steps={steps.map((step) => ({
        label: t(step),
        state: step === current ? "current" : missing.has(step) || step === "preview" ? "todo" : "done",
        href: {
          pathname: "/[municipality]/propose/[draft]/[step]",
          params: { municipality, draft: draft.id, step: stepPath(step) },
        },
      }))}
    />
  );
}
