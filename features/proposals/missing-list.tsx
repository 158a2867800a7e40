import { useLocale, useTranslations } from "next-intl";
import { textLinkClass } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { getPathname } from "@/lib/language/navigation";
import { type Step, stepPath } from "./dossier";
import type { Missing } from "./rules";

/** What is missing, each leading to the field where it is written. */
export function MissingList({
  municipality,
  draft,
  missing,
}: {
  municipality: string;
  draft: string;
  missing: readonly Missing[];
}) {
  const t = useTranslations("propose");
  const words = useTranslations("dossier");
  const locale = useLocale();
  const stepHref = (step: Step) => ({
    pathname: "/[municipality]/propose/[draft]/[step]" as const,
    params: { municipality, draft, step: stepPath(step) },
  });
  if (missing.length === 0) return <Notice tone="success" title={t("preview.complete")} />;
  return (
    <Notice tone="warning" title={t("preview.missing", { count: missing.length })}>
      <ul className="list-disc space-y-1 pl-5">
        {missing.map(({ step, field }) => (
          <li key={field}>
            <a
              href={`${getPathname({ locale, href: stepHref(step) })}#step-${step}-${fieldName(field)}`}
              className={textLinkClass}
            >
              {isOwn(field) ? t(`missing.${field}`) : words(`${field}.label`)}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const ownFields = ["commonsName", "place", "subject", "cost", "costOverLimit"] as const;

/** Whether it is no question of the dossier. */
function isOwn(field: Missing["field"]): field is (typeof ownFields)[number] {
  return ownFields.some((own) => own === field);
}

/** What the field is called in the form of its screen. */
function fieldName(field: Missing["field"]): string {
  const names = { commonsName: "name", place: "address", subject: "subjectName", costOverLimit: "cost" };
  return names[field as "place"] ?? field;
}
