import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { InstantText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { DemoMark } from "@/components/ui/demo-mark";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { State } from "@/components/ui/state";
import { useOfficeName } from "@/features/comments/office-name";
import { discussionOn } from "@/features/comments/queries";
import { Talk } from "@/features/comments/talk";
import { AttachmentList } from "@/features/documents/attachment-list";
import { OwnPlace } from "@/features/meetings/meeting-forms";
import { type MeetingPage as Meeting, meetingById } from "@/features/meetings/queries";
import { NAMES_DAYS, phaseOf } from "@/features/meetings/rules";
import { requireMunicipality } from "@/features/municipalities/queries";
import { ShareBar } from "@/features/sharing/share-bar";
import { currentViewer } from "@/lib/auth";
import { formatInstant } from "@/lib/format";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/meetings/[meeting]">;

async function requireMeeting({ params }: Props) {
  const { municipality: path, meeting: id } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await currentViewer();
  const meeting = await meetingById(municipality, id, viewer);
  if (!meeting) notFound();
  return { municipality, viewer, meeting };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { municipality, meeting } = await requireMeeting(props);
  const locale = await getLocale();
  return pageMetadata({
    href: {
      pathname: "/[municipality]/meetings/[meeting]",
      params: { municipality: municipality.slug, meeting: meeting.id },
    },
    title: `${meeting.title} — ${municipality.name}`,
    description: [formatInstant(meeting.startsAt, locale), meeting.place].filter(Boolean).join(" · "),
  });
}

/** One meeting: when, where, what about, whether there is room, and afterwards what was said. */
export default async function MeetingPage(props: Props) {
  const { municipality, viewer, meeting } = await requireMeeting(props);
  const { slug } = municipality;
  const about = { type: "meeting", id: meeting.id } as const;
  const [t, comments, discussion] = await Promise.all([
    getTranslations("meetings"),
    getTranslations("comments"),
    discussionOn(municipality.istatCode, about, viewer, { most: 5 }),
  ]);
  const { title, language, subject, cancelledAt, reason, fictional, mayManage, agenda } = meeting;
  const params = { municipality: slug, meeting: meeting.id };
  const phase = phaseOf(meeting, new Date());
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/meetings", params: { municipality: slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading
        title={<span lang={language}>{title}</span>}
        actions={
          mayManage && (
            <TextLink
              href={{ pathname: "/[municipality]/meetings/[meeting]/edit", params }}
              className="inline-flex min-h-11 items-center"
            >
              {t("manage")}
            </TextLink>
          )
        }
      />
      <ShareBar
        title={title}
        href={{ pathname: "/[municipality]/meetings/[meeting]", params }}
        calendar={`/api/calendar/${slug}/meetings/${meeting.id}`}
      />
      <div className="space-y-10">
        {cancelledAt ? (
          <Notice tone="danger" title={t("cancelledTitle")}>
            <p className="wrap-anywhere whitespace-pre-line" lang={language}>
              {reason}
            </p>
          </Notice>
        ) : (
          reason && (
            <Notice tone="info" title={t("changedTitle")}>
              <p className="wrap-anywhere whitespace-pre-line" lang={language}>
                {reason}
              </p>
            </Notice>
          )
        )}
        <p className="flex flex-wrap items-center gap-3">
          <State icon={phase === "over" ? "check-circle" : "calendar"}>{t(`phase.${phase}`)}</State>
          <DemoMark fictional={fictional} of="meeting" />
        </p>
        <Facts meeting={meeting} />
        <section aria-labelledby="agenda" className="space-y-3">
          <h2 id="agenda">{t("agenda")}</h2>
          <p className="wrap-anywhere max-w-text whitespace-pre-line" lang={language}>
            {agenda}
          </p>
        </section>
        {phase === "coming" && !cancelledAt && (
          <section aria-labelledby="come" className="max-w-form space-y-4 print:hidden">
            <h2 id="come">{t("come")}</h2>
            {meeting.own && (
              <p>
                {meeting.own.isWaiting
                  ? t("waitingAt", { position: meeting.own.position })
                  : t("youAreRegistered")}
              </p>
            )}
            <p className="text-ink-soft">{t("whoSees", { days: NAMES_DAYS })}</p>
            {viewer ? (
              <OwnPlace meeting={{ id: meeting.id, own: meeting.own }} />
            ) : (
              <p>
                <TextLink href={{ pathname: "/sign-in" }}>{t("signIn")}</TextLink>
              </p>
            )}
          </section>
        )}
        {(meeting.minutesAt || (phase === "over" && !cancelledAt)) && (
          <section aria-labelledby="minutes" className="space-y-3">
            <h2 id="minutes">{t("minutes")}</h2>
            {meeting.minutesAt ? (
              <>
                <p className="wrap-anywhere max-w-text whitespace-pre-line" lang={language}>
                  {meeting.minutes}
                </p>
                {meeting.files.length > 0 && <AttachmentList files={meeting.files} />}
              </>
            ) : (
              <p>{t("noMinutes")}</p>
            )}
          </section>
        )}
        <p>
          <TextLink href={subject.href}>{t(`backTo.${subject.type}`)}</TextLink>
        </p>
        <section aria-labelledby="comments" className="max-w-form space-y-4 print:hidden">
          <h2 id="comments">{comments("title")}</h2>
          <Talk municipality={municipality} about={about} discussion={discussion} viewer={viewer} />
        </section>
      </div>
    </>
  );
}

function Facts({ meeting }: { meeting: Meeting }) {
  const t = useTranslations("meetings");
  const officeName = useOfficeName();
  const { startsAt, endsAt, place, link, language, convener, places, registered, waiting, attendance } =
    meeting;
  const { subject } = meeting;
  return (
    <DefinitionList
      items={[
        {
          term: t("when"),
          description: (
            <>
              <InstantText value={startsAt} /> – <InstantText value={endsAt} />
            </>
          ),
        },
        ...(place ? [{ term: t("where"), description: <span className="wrap-anywhere">{place}</span> }] : []),
        ...(link
          ? [
              {
                term: t("online"),
                description: (
                  <span className="wrap-anywhere">
                    <PlainLink href={link}>{link}</PlainLink>
                  </span>
                ),
              },
            ]
          : []),
        {
          term: t(`about.${subject.type}`),
          description: <TextLink href={subject.href}>{subject.title}</TextLink>,
        },
        {
          term: t("convenedBy"),
          description: convener === "proponent" ? t("proponent") : officeName(convener),
        },
        { term: t("languageTerm"), description: t(`form.languages.${language}`) },
        {
          term: t("registrations"),
          description:
            places === null
              ? t("registeredCount", { count: registered })
              : t("registeredOf", { count: registered, places, waiting }),
        },
        ...(attendance === null
          ? []
          : [{ term: t("attendanceTerm"), description: t("people", { count: attendance }) }]),
      ]}
    />
  );
}
