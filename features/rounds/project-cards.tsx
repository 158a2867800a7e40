import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CommonsPicture } from "@/components/pictures/commons-picture";
import { Card } from "@/components/ui/card";
import { Italian } from "@/components/ui/italian";
import { formatMoney, formatNumber } from "@/lib/format";
import type { RoundProjectView } from "./queries";

/** The choices with picture, sentence, cost and place, and what they cost together beside what there is to share. */
export function ProjectCards({
  municipality,
  projects,
  budgetCents,
  isOver = false,
  aboutOf,
  children,
}: {
  municipality: string;
  projects: readonly RoundProjectView[];
  budgetCents: bigint;
  /** Whether nobody can vote on them any more. */
  isOver?: boolean;
  /** Sentence, cost and place, as on the ballot. */
  aboutOf: (project: RoundProjectView) => ReactNode;
  /** How many may be chosen. */
  children: ReactNode;
}) {
  const t = useTranslations("rounds.table");
  const locale = useLocale();
  const total = projects.reduce((sum, { costCents }) => sum + costCents, 0);
  return (
    <section aria-labelledby="projects" className="space-y-4">
      <h2 id="projects">{t(isOver ? "captionOver" : "caption")}</h2>
      {children}
      <p>
        {t("together", {
          count: projects.length,
          total: formatMoney(total, locale),
          budget: formatMoney(budgetCents, locale),
        })}
      </p>
      <ul className="grid gap-4 md:grid-cols-2">
        {projects.map((project) => (
          <li key={project.proposal}>
            <Card
              title={
                <>
                  {project.number}. <Italian>{project.title}</Italian>
                </>
              }
              href={{
                pathname: "/[municipality]/commons/[commons]",
                params: { municipality, commons: project.commonsSlug },
              }}
              picture={
                <CommonsPicture
                  municipality={municipality}
                  picture={project.picture}
                  kind={project.kind}
                  seed={project.commons}
                />
              }
            >
              <div className="space-y-2 text-base">
                {aboutOf(project)}
                {project.score !== null && (
                  <p className="text-ink-soft">
                    {t("score")}: {formatNumber(project.score / 100, locale)}
                  </p>
                )}
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}
