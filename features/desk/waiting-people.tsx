import { getLocale, getTranslations } from "next-intl/server";
import { InstantText } from "@/components/ui/date-text";
import { Italian } from "@/components/ui/italian";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import type { DeskView } from "./queries";
import { nameOf } from "./rules";
import { type WaitingAtDesk, waitingAtDesks } from "./waiting-queries";

/** Minutes are told as long as they say more than the hour. */
const MOST_MINUTES = 120;

/** People who stand at a desk and wait for a second operator, with how long. */
export async function WaitingPeople({
  municipality,
  round,
  view,
  now,
}: {
  municipality: string;
  round: string;
  view: DeskView;
  now: Date;
}) {
  const [t, organisations, locale, waiting] = await Promise.all([
    getTranslations("desk.waitingPeople"),
    getTranslations("organisations"),
    getLocale(),
    waitingAtDesks(municipality, round),
  ]);
  if (waiting.length === 0) return null;
  const minutesSince = (since: Date) => Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
  return (
    <div className="space-y-3">
      <h3>{t("title")}</h3>
      <p className="max-w-text">{t("text")}</p>
      <Table<WaitingAtDesk>
        caption={<span className="sr-only">{t("title")}</span>}
        rows={waiting}
        rowKey={({ station, purpose, seenBy }) => `${station} ${purpose} ${seenBy}`}
        columns={[
          {
            ...{ key: "station", header: t("station"), rowHeader: true },
            cell: ({ station }) => <Italian>{nameOf(view, station)}</Italian>,
          },
          { key: "purpose", header: t("purpose"), cell: ({ purpose }) => t(`purposes.${purpose}`) },
          { key: "seenBy", header: t("seenBy"), cell: ({ seenBy }) => organisations(seenBy) },
          {
            ...{ key: "people", header: t("people"), numeric: true },
            cell: ({ people }) => formatNumber(people, locale),
          },
          {
            ...{ key: "since", header: t("since") },
            cell: ({ since }) =>
              since === undefined ? (
                "–"
              ) : minutesSince(since) < MOST_MINUTES ? (
                t("minutes", { minutes: minutesSince(since) })
              ) : (
                <InstantText value={since} />
              ),
          },
        ]}
      />
    </div>
  );
}
