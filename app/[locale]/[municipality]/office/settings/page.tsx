import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { PendingNotice } from "@/features/office/pending-notice";
import { pendingItemsOf } from "@/features/office/scene-queries";
import { originsOf } from "@/features/register/origin-queries";
import { OriginTasks } from "@/features/register/origin-tasks";
import { OriginsList } from "@/features/register/origins-list";
import { settingsOf } from "@/features/settings/queries";
import { SettingsTasks } from "@/features/settings/settings-tasks";
import { SettingsInForce, SettingsProposal } from "@/features/settings/settings-view";
import { roleFor } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

const ofThisPage = /^municipality:(propose|confirm|retire)/;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("settings"), robots: { index: false } };
}

export default async function SettingsPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/settings">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  const [office, t, register, view, origins, items] = await Promise.all([
    getTranslations("office"),
    getTranslations("settings"),
    getTranslations("register.origins"),
    settingsOf({ istatCode, slug }),
    originsOf({ istatCode, slug }),
    pendingItemsOf(istatCode),
  ]);
  const held = roleFor(viewer, istatCode, "municipality:proposeSettings");
  const proposer = held?.organisation === "Comune" ? held : undefined;
  const confirmer = roleFor(viewer, istatCode, "municipality:confirmSettings");
  const proposed = view?.proposed;
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("settings")} lead={t("lead")} />
      <div className="space-y-10">
        <PendingNotice items={items.filter(({ transaction }) => ofThisPage.test(transaction))} />
        {view ? (
          <>
            {proposed && (
              <section aria-labelledby="proposed" className="space-y-4">
                <h2 id="proposed">{t("proposed")}</h2>
                <SettingsProposal now={view.settings} proposed={proposed} />
              </section>
            )}
            {(proposer || (confirmer && proposed && confirmer.organisation !== proposed.organisation)) && (
              <section aria-labelledby="tasks" className="space-y-4">
                <h2 id="tasks">{office("tasks")}</h2>
                <SettingsTasks {...{ view, viewer, proposer, confirmer }} />
              </section>
            )}
            <section aria-labelledby="in-force" className="space-y-4">
              <h2 id="in-force">{t("inForce")}</h2>
              <SettingsInForce {...view} />
            </section>
          </>
        ) : (
          <EmptyState icon="tools" title={t("none")} />
        )}
        {origins && (
          <section aria-labelledby="origins" className="space-y-4">
            <h2 id="origins">{register("title")}</h2>
            <OriginsList {...origins} />
            <OriginTasks
              view={origins}
              person={viewer.id}
              administers={held?.organisation}
              confirms={confirmer?.organisation}
            />
          </section>
        )}
      </div>
    </>
  );
}
