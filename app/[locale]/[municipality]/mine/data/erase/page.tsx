import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Notice } from "@/components/ui/notice";
import { requireMunicipality } from "@/features/municipalities/queries";
import { ErasureForm } from "@/features/people/erasure-form";
import { mayBeErased, personalCounts } from "@/features/people/export-queries";
import { errorSentences } from "@/lib/error-sentences";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.erasure"))("title"), robots: { index: false } };
}

/** What goes, what stays and why, before anything is erased. */
export default async function ErasurePage({ params }: PageProps<"/[locale]/[municipality]/mine/data/erase">) {
  const { slug } = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const t = await getTranslations("people.erasure");
  const mine = await getTranslations("people.preferences");
  const sentence = await errorSentences();
  const [counts, erasable] = await Promise.all([personalCounts(viewer.id), mayBeErased(viewer.id)]);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/mine/data", params: { municipality: slug } },
            label: mine("title"),
          },
        ]}
      />
      <PageHeading title={t("title")} lead={t("lead")} />
      <div className="max-w-text space-y-8">
        <section aria-labelledby="goes" className="space-y-3">
          <h2 id="goes">{t("goes")}</h2>
          <ul className="list-disc space-y-1 pl-5">
            <li>{t("goesName")}</li>
            <li>{t("goesDrafts", { count: counts.drafts })}</li>
            <li>{t("goesFollows", { count: counts.follows })}</li>
            <li>{t("goesKeys")}</li>
          </ul>
        </section>
        <section aria-labelledby="stays" className="space-y-3">
          <h2 id="stays">{t("stays")}</h2>
          <ul className="list-disc space-y-1 pl-5">
            <li>{t("staysProposals", { count: counts.submitted })}</li>
            <li>{t("staysComments", { count: counts.comments })}</li>
            <li>{t("staysAdhesions", { count: counts.adhesions })}</li>
            <li>{t("staysVotes", { count: counts.votes })}</li>
            <li>{t("staysPacts")}</li>
            <li>{t("staysActs")}</li>
          </ul>
        </section>
        {erasable === true ? (
          <section aria-labelledby="sure" className="space-y-4">
            <h2 id="sure">{t("sure")}</h2>
            <p>{t("sureText")}</p>
            <p>
              <a href="/api/personal-data" className="text-link underline underline-offset-4">
                {t("downloadFirst")}
              </a>
            </p>
            <ClientMessages namespaces={["people"]}>
              <ErasureForm />
            </ClientMessages>
          </section>
        ) : (
          <Notice tone="warning" title={t("notNow")}>
            <p>{sentence(erasable)}</p>
          </Notice>
        )}
      </div>
    </>
  );
}
