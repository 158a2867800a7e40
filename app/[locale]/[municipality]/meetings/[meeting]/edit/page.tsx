import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Task } from "@/components/ui/task";
import { CancelForm, ChangeForm, MinutesForm } from "@/features/meetings/meeting-forms";
import { meetingById, registeredAt } from "@/features/meetings/queries";
import { RegisteredList } from "@/features/meetings/registered-list";
import { phaseOf } from "@/features/meetings/rules";
import { requireMunicipality } from "@/features/municipalities/queries";
import { requireViewerFor } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/meetings/[meeting]/edit">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("meetings"))("manageTitle"), robots: { index: false } };
}

/** What whoever calls a meeting does with it: who comes, changes, calling it off, minutes. */
export default async function ManageMeetingPage({ params }: Props) {
  const { municipality: path, meeting: id } = await params;
  const municipality = await requireMunicipality(path);
  const { viewer, level } = await requireViewerFor("meetings:convene");
  const meeting = await meetingById(municipality, id, viewer);
  if (!meeting?.mayManage) notFound();
  const [t, people] = await Promise.all([
    getTranslations("meetings"),
    registeredAt(municipality, meeting.id, viewer, level),
  ]);
  const { slug } = municipality;
  const isComing = phaseOf(meeting, new Date()) === "coming";
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/meetings", params: { municipality: slug } },
            label: t("title"),
          },
          {
            href: {
              pathname: "/[municipality]/meetings/[meeting]",
              params: { municipality: slug, meeting: meeting.id },
            },
            label: meeting.title,
          },
        ]}
      />
      <PageHeading title={t("manageTitle")} lead={meeting.title} />
      <div className="space-y-10">
        <RegisteredList endsAt={meeting.endsAt} people={people} />
        {meeting.cancelledAt ? (
          <p>{t("cancelledTitle")}</p>
        ) : isComing ? (
          <div className="space-y-4">
            <Task title={t("form.change")}>
              <ChangeForm meeting={meeting} />
            </Task>
            <Task title={t("form.cancel")}>
              <CancelForm meeting={meeting} />
            </Task>
          </div>
        ) : (
          <section aria-labelledby="minutes" className="space-y-4">
            <h2 id="minutes">{t("minutes")}</h2>
            <MinutesForm meeting={meeting} />
          </section>
        )}
      </div>
    </>
  );
}
