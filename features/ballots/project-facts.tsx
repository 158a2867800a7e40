import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { Money } from "@/components/ui/money";
import type { RoundProjectView } from "@/features/rounds/queries";

/** A project on the ballot: one sentence, what it costs, where. */
export function ProjectFacts({ project }: { project: RoundProjectView }) {
  const t = useTranslations("rounds.ballot");
  return (
    <>
      {project.summary && (
        <p>
          <Italian>{project.summary}</Italian>
        </p>
      )}
      <p className="font-semibold">
        {t("costs")} <Money cents={project.costCents} />
      </p>
      <p className="flex items-start gap-2 text-ink-soft">
        <span className="pt-0.5">
          <Icon name="map-pin" size="small" />
        </span>
        <ProjectPlace project={project} />
      </p>
    </>
  );
}

export function ProjectPlace({
  project: { commonsName, district },
}: {
  project: Pick<RoundProjectView, "commonsName" | "district">;
}) {
  const t = useTranslations("commons");
  return (
    <span>
      <Italian>{commonsName}</Italian>
      {district && `, ${t("districtName", { number: district })}`}
    </span>
  );
}
