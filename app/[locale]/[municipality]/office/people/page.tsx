import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { housesOf, rolesIn, rollSize } from "@/features/people/office-queries";
import { RoleTasks } from "@/features/people/office-tasks";
import { RolesTable } from "@/features/people/roles-table";
import { RollTask } from "@/features/people/roll-task";
import { isFounded } from "@/features/register/queries";
import { roleFor } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("people"), robots: { index: false } };
}

export default async function PeoplePage({ params }: PageProps<"/[locale]/[municipality]/office/people">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  const administration = roleFor(viewer, istatCode, "people:manage") ?? notFound();
  const [founded, office, t, register, { active, ended }, houses, roll] = await Promise.all([
    isFounded(istatCode),
    getTranslations("office"),
    getTranslations("people.office"),
    getTranslations("register"),
    rolesIn(istatCode),
    housesOf(istatCode),
    rollSize(istatCode),
  ]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("people")} lead={office("peopleLead")} />
      <div className="space-y-10">
        <section aria-labelledby="tasks" className="space-y-4">
          <h2 id="tasks">{office("tasks")}</h2>
          {founded ? (
            <EmptyState
              icon="seal"
              title={register("leads")}
              action={
                <TextLink
                  href={{ pathname: "/[municipality]/office/register", params: { municipality: slug } }}
                >
                  {register("manage")}
                </TextLink>
              }
            />
          ) : (
            <RoleTasks
              organisation={administration.organisation}
              person={viewer.id}
              {...{ active, houses }}
            />
          )}
          {administration.organisation === "Comune" && <RollTask roll={roll} />}
        </section>
        {!founded && (
          <section aria-labelledby="active" className="space-y-4">
            <h2 id="active">{t("active")}</h2>
            {active.length === 0 ? (
              <EmptyState icon="people" title={t("none")} />
            ) : (
              <RolesTable caption={t("active")} roles={active} />
            )}
          </section>
        )}
        {ended.length > 0 && (
          <Disclosure label={t("ended")}>
            <RolesTable caption={t("ended")} roles={ended} />
          </Disclosure>
        )}
      </div>
    </>
  );
}
