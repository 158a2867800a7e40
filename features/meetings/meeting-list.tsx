import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { InstantText } from "@/components/ui/date-text";
import { DemoMark } from "@/components/ui/demo-mark";
import { TextLink } from "@/components/ui/link";
import { State } from "@/components/ui/state";
import type { MeetingView } from "./queries";

/** Meetings with when and where, each with the way to its page. */
export function MeetingList<Meeting extends MeetingView>({
  municipality,
  meetings,
  noteOf,
}: {
  municipality: string;
  meetings: readonly Meeting[];
  /** What else is said of one. */
  noteOf?: (meeting: Meeting) => ReactNode;
}) {
  const t = useTranslations("meetings");
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {meetings.map((meeting) => {
        const { id, title, place, startsAt, language, cancelledAt, hasMinutes, fictional } = meeting;
        return (
          <li key={id} className="space-y-1 py-3">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <TextLink
                href={{
                  pathname: "/[municipality]/meetings/[meeting]",
                  params: { municipality, meeting: id },
                }}
                className="wrap-anywhere inline-flex min-h-11 items-center font-semibold"
              >
                <span lang={language}>{title}</span>
              </TextLink>
              <DemoMark fictional={fictional} of="meeting" />
              {cancelledAt && (
                <State icon="x-circle" tone="danger">
                  {t("cancelled")}
                </State>
              )}
              {hasMinutes && <State icon="document">{t("hasMinutes")}</State>}
              {noteOf?.(meeting)}
            </p>
            <p className="wrap-anywhere">
              <InstantText value={startsAt} /> · {place || t("online")}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
