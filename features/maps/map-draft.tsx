import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { FieldsForm } from "@/components/ui/fields-form";
import { formatFileSize, formatNumber } from "@/lib/format";
import { confirmMap, discardMap } from "./actions";
import { pointsOf } from "./coordinates";
import { OutlineDrawing } from "./outline-drawing";
import type { MapDraftView } from "./queries";

/** What was read from a file, as it would be on the map; it counts once it is confirmed. */
export async function MapDraft({ municipality, draft }: { municipality: string; draft: MapDraftView }) {
  const [t, locale] = await Promise.all([getTranslations("map"), getLocale()]);
  const { id, fileName, bytes, leftOut } = draft;
  return (
    <section aria-labelledby="draft" className="space-y-4">
      <h2 id="draft">{t("draft")}</h2>
      <p className="max-w-text">
        {t("draftText", { file: fileName, size: formatFileSize(bytes, locale) })}
        {leftOut > 0 && ` ${t("leftOut", { count: leftOut })}`}
      </p>
      {draft.kind === "outlines" ? (
        <div className="grid gap-6 lg:grid-cols-[2fr_1fr]">
          <OutlineDrawing
            outlines={draft.outlines}
            bounds={draft.bounds}
            label={t("drawing", { name: municipality })}
          />
          <ul className="divide-y divide-line">
            {draft.outlines.map(({ kind, code, name, geometry }) => (
              <li key={`${kind} ${code}`} className="py-2">
                <span lang="it" className="font-semibold">
                  {name}
                </span>
                <span className="block text-ink-soft text-sm">
                  {t(`kinds.${kind}`, { code })} ·{" "}
                  {t("points", { count: pointsOf(geometry.coordinates as unknown[][][]) })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <ul className="list-disc space-y-1 pl-6">
          <li>{t(draft.tiles.pictures ? "tilesPictures" : "tilesVectors")}</li>
          <li>{t("zooms", { least: draft.tiles.leastZoom, most: draft.tiles.mostZoom })}</li>
          <li>
            {t("area", {
              south: degrees(draft.tiles.area[1], locale),
              north: degrees(draft.tiles.area[3], locale),
              west: degrees(draft.tiles.area[0], locale),
              east: degrees(draft.tiles.area[2], locale),
            })}
          </li>
        </ul>
      )}
      <div className="max-w-form space-y-6">
        <FieldsForm
          id="confirm-map"
          action={confirmMap}
          hidden={{ draft: id }}
          fields={[{ kind: "text", name: "credit", label: t("credit"), hint: t("creditHint") }]}
          submitLabel={t(draft.kind === "outlines" ? "confirmOutlines" : "confirmTiles")}
          submitIcon="check"
        />
        <ActionButton action={discardMap} fields={{ draft: id }} icon="close">
          {t("discard")}
        </ActionButton>
      </div>
    </section>
  );
}

function degrees(value: number, locale: "it" | "en"): string {
  return formatNumber(Math.round(value * 100) / 100, locale);
}
