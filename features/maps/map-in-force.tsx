import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { formatFileSize, formatInstant } from "@/lib/format";
import { removeMap } from "./actions";
import type { MapInForce as View } from "./queries";

/** What the maps of the Comune show today, and how to take it away. */
export async function MapInForce({ map: { outlines, tiles } }: { map: View }) {
  const [t, locale] = await Promise.all([getTranslations("map"), getLocale()]);
  return (
    <section aria-labelledby="in-force" className="space-y-4">
      <h2 id="in-force">{t("inForce")}</h2>
      {!outlines && !tiles && <p className="max-w-text">{t("nothing")}</p>}
      {outlines && (
        <div className="space-y-2">
          <h3>{t("outlines")}</h3>
          <p>
            {outlines.municipality && `${t("ownOutline")} `}
            {outlines.districts > 0 && t("districts", { count: outlines.districts })}
          </p>
          {outlines.credit && <p className="text-ink-soft">{t("creditSaid", { credit: outlines.credit })}</p>}
          <ActionButton action={removeMap} fields={{ part: "outlines" }} icon="close">
            {t("removeOutlines")}
          </ActionButton>
        </div>
      )}
      {tiles && (
        <div className="space-y-2">
          <h3>{t("tiles")}</h3>
          <p className="wrap-anywhere">
            {tiles.fileName}, {formatFileSize(tiles.bytes, locale)}
          </p>
          <p className="text-ink-soft">
            {t("creditSaid", { credit: tiles.credit })} ·{" "}
            {t("changed", {
              name: tiles.by || t("somebody"),
              at: formatInstant(tiles.changedAt, locale),
            })}
          </p>
          <ActionButton action={removeMap} fields={{ part: "tiles" }} icon="close">
            {t("removeTiles")}
          </ActionButton>
        </div>
      )}
    </section>
  );
}
