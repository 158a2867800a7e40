import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { LedgerMark } from "@/components/ledger-mark";
import { ClientMessages } from "@/components/messages";
import { PendingRefresh } from "@/components/pending-refresh";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Notice } from "@/components/ui/notice";
import { PrintButton } from "@/components/ui/print-button";
import { commitmentsOf } from "@/features/funds/commitment-queries";
import { PactMoney } from "@/features/funds/pact-money";
import { pendingAround } from "@/features/funds/pending-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { PactFacts } from "@/features/pacts/pact-facts";
import { PactStateMark } from "@/features/pacts/pact-state";
import { PactTasks } from "@/features/pacts/pact-tasks";
import { pactBySlug } from "@/features/pacts/queries";
import { currentViewer } from "@/lib/auth";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";

type Props = PageProps<"/[locale]/[municipality]/pacts/[pact]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { municipality: slug, pact } = await params;
  const municipality = await requireMunicipality(slug);
  const found = await pactBySlug(municipality, pact, undefined);
  return found ? { title: found.title, description: found.commons.name } : {};
}

export default async function PactPage({ params }: Props) {
  const { municipality: slug, pact: pactSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const viewer = await currentViewer();
  const pact = await pactBySlug(municipality, pactSlug, viewer);
  if (!pact) notFound();
  const [t, errors, locale, commitments] = await Promise.all([
    getTranslations("pacts"),
    getTranslations("errors") as Promise<ErrorTranslator>,
    getLocale(),
    commitmentsOf(municipality, pact.id, viewer),
  ]);
  const pending = viewer ? await pendingAround(municipality.istatCode, pact.id, commitments) : [];
  const refused = pending.at(-1);
  return (
    <>
      <Breadcrumb
        items={[
          { href: { pathname: "/[municipality]/pacts", params: { municipality: slug } }, label: t("title") },
        ]}
      />
      <PageHeading title={pact.title} actions={<PrintButton />} />
      <div className="space-y-10">
        <div className="space-y-3">
          <p>
            <PactStateMark state={pact.state} />
          </p>
          <LedgerMark
            municipality={slug}
            status={{ state: "recorded", block: Number(pact.block), transaction: pact.transactionId }}
          />
          <ClientMessages namespaces={[]}>
            <PendingRefresh pending={pending.some(({ status }) => status === "waiting")} />
          </ClientMessages>
          {refused?.status === "failed" && refused.error && (
            <Notice tone="danger" title={t("refused")}>
              {errorSentence(errors, locale, refused.error.code, refused.error.params)}
            </Notice>
          )}
        </div>
        {viewer && (
          <section className="space-y-4 print:hidden">
            <h2>{t("whatNow")}</h2>
            <PactTasks municipality={municipality.istatCode} pact={pact} viewer={viewer} />
          </section>
        )}
        <PactFacts municipality={slug} pact={pact} />
        <section className="space-y-6">
          <h2>{t("money")}</h2>
          <PactMoney municipality={municipality} pact={pact} commitments={commitments} viewer={viewer} />
        </section>
      </div>
    </>
  );
}
