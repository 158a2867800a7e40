import { getTranslations } from "next-intl/server";
import { TextLink } from "@/components/ui/link";
import type { Viewer } from "@/lib/permissions";
import { MeetingList } from "./meeting-list";
import { mayConvene, meetingsAbout } from "./queries";
import type { MeetingAbout } from "./rules";

/** The meetings about something beside it, and the way to call one for whoever may; nothing where there is neither. */
export async function MeetingsAbout({
  municipality,
  about,
  viewer,
  level = 2,
}: {
  municipality: { istatCode: string; slug: string };
  about: MeetingAbout;
  viewer: Viewer | undefined;
  level?: 2 | 3 | 4;
}) {
  const [t, meetings, mayCall] = await Promise.all([
    getTranslations("meetings"),
    meetingsAbout(municipality.istatCode, about),
    mayConvene(municipality, viewer, about),
  ]);
  if (meetings.length === 0 && !mayCall) return null;
  const Heading = `h${level}` as const;
  const id = `meetings-${about.id}`;
  return (
    <section aria-labelledby={id} className="space-y-4">
      <Heading id={id}>{t("title")}</Heading>
      {meetings.length > 0 && <MeetingList municipality={municipality.slug} meetings={meetings} />}
      {mayCall && (
        <p className="print:hidden">
          <TextLink
            href={{
              pathname: "/[municipality]/meetings/new/[type]/[subject]",
              params: { municipality: municipality.slug, type: about.type, subject: about.id },
            }}
            className="inline-flex min-h-11 items-center"
          >
            {t("convene")}
          </TextLink>
        </p>
      )}
    </section>
  );
}
