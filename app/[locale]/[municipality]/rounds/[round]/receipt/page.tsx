import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { LedgerMark } from "@/components/ledger-mark";
import { PendingRefresh } from "@/components/pending-refresh";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DateText, DeadlineText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Identifier } from "@/components/ui/identifier";
import { Italian } from "@/components/ui/italian";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PrintButton } from "@/components/ui/print-button";
import { QrCode } from "@/components/ui/qr-code";
import { GivenMark } from "@/features/ballots/given-mark";
import { voterView } from "@/features/ballots/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { roundBySlug } from "@/features/rounds/queries";
import { isSealed } from "@/features/sealed-voting/rules";
import { ReceiptConfirmations } from "@/features/verification/receipt-confirmations";
import { env } from "@/lib/env";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { getPathname } from "@/lib/language/navigation";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/receipt">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rounds.receipt"))("title"), robots: { index: false } };
}

export default async function ReceiptPage({ params }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round || isSealed(round.record)) notFound();
  const viewer = await requireViewer();
  const [{ ballot }, t, errors] = await Promise.all([
    voterView(municipality.istatCode, round.id, viewer),
    getTranslations("rounds.receipt"),
    getTranslations("errors"),
  ]);
  const rounds = await getTranslations("rounds");
  const locale = await getLocale();
  const here = { municipality: slug, round: roundSlug };
  const vote = { pathname: "/[municipality]/rounds/[round]/vote" as const, params: here };
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/rounds/[round]", params: here },
            label: round.title,
            written: true,
          },
        ]}
      />
      <PageHeading
        title={t("title")}
        lead={<Italian>{round.title}</Italian>}
        actions={
          ballot && (
            <>
              {ballot.status === "recorded" && <PrintButton />}
              {round.state === "open" && (
                <ButtonLink look="secondary" icon="edit" href={vote}>
                  {rounds("voteAgain")}
                </ButtonLink>
              )}
            </>
          )
        }
      />
      {!ballot && (
        <EmptyState
          icon="ballot"
          title={t("none")}
          action={round.state === "open" && <ButtonLink href={vote}>{rounds("vote")}</ButtonLink>}
        >
          {t("noneText")}
        </EmptyState>
      )}
      {ballot && (
        <div className="space-y-6">
          <PendingRefresh pending={ballot.status === "pending"} />
          {ballot.status === "pending" && <Notice title={t("pending")}>{t("pendingText")}</Notice>}
          {ballot.status === "recorded" && (
            <Notice tone="success" title={t("recorded")}>
              {t("recordedText")}
            </Notice>
          )}
          {ballot.status === "failed" && (
            <Notice tone="danger" title={t("failed")}>
              {ballot.error &&
                errorSentence(errors as ErrorTranslator, locale, ballot.error.code, ballot.error.params)}
            </Notice>
          )}
          {ballot.status === "recorded" && ballot.transactionId && ballot.block !== null && (
            <LedgerMark
              municipality={slug}
              status={{ state: "recorded", block: ballot.block, transaction: ballot.transactionId }}
            />
          )}
          {ballot.status === "recorded" && ballot.transactionId && (
            <ReceiptConfirmations municipality={slug} transaction={ballot.transactionId} />
          )}
          <DefinitionList
            items={[
              {
                term: t("choices"),
                description: (
                  <ul>
                    {ballot.given.choices.map((number, index) => (
                      <li key={number}>
                        {number}. {round.projectViews.find((project) => project.number === number)?.title}
                        <GivenMark ballot={round.record.ballot} given={ballot.given} index={index} />
                      </li>
                    ))}
                  </ul>
                ),
              },
              { term: t("key"), description: <Identifier value={ballot.key} /> },
              { term: t("seq"), description: ballot.seq },
              { term: t("given"), description: <DateText value={ballot.givenAt} /> },
              ...(ballot.transactionId
                ? [{ term: t("transaction"), description: <Identifier value={ballot.transactionId} /> }]
                : []),
              { term: t("next"), description: <DeadlineText value={round.closesAt} /> },
            ]}
          />
          {ballot.status === "recorded" && ballot.transactionId && (
            <section aria-labelledby="proof" className="max-w-form space-y-3">
              <h2 id="proof">{t("qr")}</h2>
              <p className="max-w-text">{t("qrText")}</p>
              <QrCode
                label={t("qrLabel")}
                text={
                  env.ORIGIN +
                  getPathname({
                    locale,
                    href: {
                      pathname: "/[municipality]/verify/[transaction]",
                      params: { municipality: slug, transaction: ballot.transactionId },
                    },
                  })
                }
              />
            </section>
          )}
        </div>
      )}
    </>
  );
}
