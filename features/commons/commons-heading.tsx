import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import { PrintButton } from "@/components/ui/print-button";
import type { CommonsView } from "./queries";
import { StageState } from "./stage";

/** Name, state and place of a commons. */
export function CommonsHeading({ commons }: { commons: CommonsView }) {
  const t = useTranslations("commons");
  const kind = useTranslations("states.kind");
  const place = [
    commons.address,
    commons.district === null ? null : t("districtName", { number: commons.district }),
  ].filter(Boolean);
  return (
    <div className="mb-8 space-y-3">
      <h1>
        <Italian>{commons.name}</Italian>
      </h1>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StageState stage={commons.stage} />
        <span className="text-base">{kind(commons.kind as Parameters<typeof kind>[0])}</span>
        {place.length > 0 && (
          <span className="flex items-center gap-1 text-base">
            <Icon name="map-pin" size="small" />
            {place.join(", ")}
          </span>
        )}
        {commons.heritage && <span className="text-base">{t("heritage")}</span>}
      </p>
      {commons.description && (
        <p className="max-w-text whitespace-pre-line">
          <Italian>{commons.description}</Italian>
        </p>
      )}
      {commons.owner && (
        <p className="text-base text-ink-soft">
          {t("owner")}: {commons.owner}
        </p>
      )}
    </div>
  );
}

/** What can be done with the page of a commons, below what is next on it. */
export function CommonsActions({ commons, children }: { commons: CommonsView; children: ReactNode }) {
  const followers = useTranslations("engagement");
  return (
    <div className="space-y-3 print:hidden">
      <p className="flex items-center gap-2 text-base text-ink-soft">
        <Icon name="bell" size="small" />
        {followers("followers", { count: commons.followers })}
      </p>
      <div className="flex flex-wrap items-start gap-3">
        {children}
        <PrintButton />
      </div>
    </div>
  );
}
