import { useTranslations } from "next-intl";
import { CommonsPicture } from "@/components/pictures/commons-picture";
import { Card, CardList } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import { Italian } from "@/components/ui/italian";
import type { CommonsCard } from "./queries";
import { StageState } from "./stage";

/** Commons as cards that open their thread. */
export function CommonsCards({
  municipality,
  commons,
  level = 2,
}: {
  municipality: string;
  commons: readonly CommonsCard[];
  level?: 2 | 3;
}) {
  const t = useTranslations("commons");
  const kind = useTranslations("states.kind");
  return (
    <CardList>
      {commons.map((card) => (
        <li key={card.id}>
          <Card
            level={level}
            compact
            title={<Italian>{card.name}</Italian>}
            picture={
              <CommonsPicture
                municipality={municipality}
                picture={card.picture}
                kind={card.kind}
                seed={card.id}
              />
            }
            href={{
              pathname: "/[municipality]/commons/[commons]",
              params: { municipality, commons: card.slug },
            }}
          >
            <p>
              <StageState stage={card.stage} />
            </p>
            <p className="flex items-center gap-2 text-base text-ink-soft">
              <Icon name={icons[card.kind] ?? "map-pin"} size="small" />
              {kind(card.kind as Parameters<typeof kind>[0])}
            </p>
            {(card.address ?? card.district) !== null && (
              <p className="flex items-start gap-2 text-base text-ink-soft">
                <span className="pt-0.5">
                  <Icon name="map-pin" size="small" />
                </span>
                {[card.address, card.district === null ? null : t("districtName", { number: card.district })]
                  .filter(Boolean)
                  .join(", ")}
              </p>
            )}
          </Card>
        </li>
      ))}
    </CardList>
  );
}

const icons: Record<string, IconName> = {
  building: "building",
  green_area: "leaf",
  square: "plaza",
  school: "school",
  immaterial: "idea",
};
