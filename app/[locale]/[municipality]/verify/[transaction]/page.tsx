import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { stepFacts } from "@/features/commons/rules";
import { stepSentence } from "@/features/commons/step-words";
import { requireMunicipality } from "@/features/municipalities/queries";
import { ProofView, SealedProofView } from "@/features/verification/proof-view";
import { readProof } from "@/features/verification/queries";

type Props = PageProps<"/[locale]/[municipality]/verify/[transaction]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { transaction } = await params;
  const t = await getTranslations("verify.proof");
  return { title: `${t("title")} ${transaction.slice(0, 12)}`, robots: { index: false } };
}

/** Reads the ledger, not the database, and compares. */
export default async function ProofPage({ params }: Props) {
  const { municipality: path, transaction } = await params;
  const municipality = await requireMunicipality(path);
  if (!/^[0-9a-f]{64}$/.test(transaction)) notFound();
  const t = await getTranslations("verify");
  const thread = await getTranslations("thread");
  const locale = await getLocale();
  const view = await readProof(municipality.istatCode, transaction);
  const event = view.status === "read" ? view.proof.event : null;
  const here = { municipality: municipality.slug, transaction };
  return (
    <>
      <Breadcrumb
        items={[
          { href: { pathname: "/[municipality]/verify", params: { municipality: path } }, label: t("title") },
        ]}
      />
      <PageHeading
        title={t("proof.title")}
        lead={t("proof.lead")}
        actions={
          <ButtonLink
            look="secondary"
            icon="refresh"
            href={{ pathname: "/[municipality]/verify/[transaction]", params: here }}
          >
            {t("proof.again")}
          </ButtonLink>
        }
      />
      {view.status === "away" && (
        <Notice tone="warning" title={t("proof.away")}>
          <p>{t("proof.awayText")}</p>
        </Notice>
      )}
      {view.status === "missing" && (
        <Notice tone="danger" title={t(view.shown ? "proof.shownOnly" : "proof.missing")}>
          <p>{t(view.shown ? "proof.shownOnlyText" : "proof.missingText")}</p>
        </Notice>
      )}
      {view.status === "sealed" && <SealedProofView proof={view.proof} readAt={view.readAt} />}
      {view.status === "read" && (
        <ProofView
          municipality={municipality.slug}
          proof={view.proof}
          threads={view.threads}
          readAt={view.readAt}
          sentence={
            event
              ? stepSentence(
                  thread,
                  locale,
                  event.transaction,
                  stepFacts(event.transaction, event.entries, event.commons[0] ?? ""),
                )
              : view.proof.code
          }
        />
      )}
    </>
  );
}
