import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { PendingNotice } from "@/features/office/pending-notice";
import { pendingItemsOf } from "@/features/office/scene-queries";
import { confirmPasskey, proposePasskey } from "@/features/passkeys/actions";
import { Ceremonies } from "@/features/passkeys/ceremonies";
import { OurKeys } from "@/features/passkeys/our-keys";
import { AdministratorTasks } from "@/features/register/administrator-tasks";
import { Decisions } from "@/features/register/decisions";
import { registerTasks } from "@/features/register/task-queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

const ofThisPage = /^(offices|passkeys):/;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("register"))("manage"), robots: { index: false } };
}

/** Where administrators and guarantors keep the register of people in office, and their keys. */
export default async function OfficeRegisterPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/register">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "offices:confirm")) notFound();
  const [t, office, keys, tasks, items] = await Promise.all([
    getTranslations("register"),
    getTranslations("office"),
    getTranslations("passkeys"),
    registerTasks({ istatCode, slug }, viewer),
    pendingItemsOf(istatCode),
  ]);
  const heading = (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("manage")} lead={t("manageLead")} />
    </>
  );
  if (!tasks)
    return (
      <>
        {heading}
        <EmptyState icon="people" title={t("notFounded")}>
          {t("notFoundedText")}
        </EmptyState>
      </>
    );
  const { offices, toConfirm, toEnd, keysToConfirm, administration } = tasks;
  const waits = toConfirm.length + toEnd.length + keysToConfirm.length > 0;
  return (
    <>
      {heading}
      <PendingNotice items={items.filter(({ transaction }) => ofThisPage.test(transaction))} />
      <ClientMessages namespaces={["passkeys"]}>
        <div className="space-y-10">
          <section aria-labelledby="to-confirm" className="space-y-4">
            <h2 id="to-confirm">{t("toConfirm")}</h2>
            {!waits && <EmptyState icon="check-circle" title={t("nothingToConfirm")} />}
            {toConfirm.length > 0 && (
              <>
                <h3>{t("officesToConfirm")}</h3>
                <p className="max-w-text">{t("toConfirmText")}</p>
                <Decisions offices={toConfirm} step="confirm" />
              </>
            )}
            {toEnd.length > 0 && (
              <>
                <h3>{t("officesToEnd")}</h3>
                <Decisions offices={toEnd} step="confirmWithdrawal" />
              </>
            )}
            {keysToConfirm.length > 0 && (
              <>
                <h3>{keys("toConfirm")}</h3>
                <p className="max-w-text">{keys("toConfirmText")}</p>
                <Ceremonies keys={keysToConfirm} step="confirm" action={confirmPasskey} />
              </>
            )}
          </section>
          {administration && (
            <section aria-labelledby="tasks" className="space-y-4">
              <h2 id="tasks">{office("tasks")}</h2>
              <AdministratorTasks
                organisation={administration.organisation}
                person={viewer.id}
                offices={offices}
              />
              {administration.keysToPropose.length > 0 && (
                <>
                  <h3>{keys("toPropose")}</h3>
                  <p className="max-w-text">{keys("toProposeText")}</p>
                  <Ceremonies keys={administration.keysToPropose} step="propose" action={proposePasskey} />
                </>
              )}
              {administration.proposals.length > 0 && (
                <>
                  <h3>{t("ourProposals")}</h3>
                  <Decisions offices={administration.proposals} step="takeBack" />
                </>
              )}
              {administration.keys.length > 0 && (
                <>
                  <h3>{keys("ours")}</h3>
                  <OurKeys keys={administration.keys} />
                </>
              )}
            </section>
          )}
          <p>
            <TextLink href={{ pathname: "/[municipality]/register", params: { municipality: slug } }}>
              {t("see")}
            </TextLink>
          </p>
        </div>
      </ClientMessages>
    </>
  );
}
