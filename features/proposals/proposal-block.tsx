import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DefinitionList } from "@/components/ui/definition-list";
import { Disclosure } from "@/components/ui/disclosure";
import { Italian } from "@/components/ui/italian";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { formatFileSize, formatNumber } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { allows } from "@/protocol/workflow/table";
import { CoAuthorNames } from "./co-author-names";
import { stepPath } from "./dossier";
import { DossierText } from "./dossier-text";
import { Merged } from "./merged";
import { ProposalState } from "./proposal-state";
import type { PublicProposal } from "./public-queries";

export type ShownProposal = {
  id: string;
  title: string;
  summary: string;
  state: string;
  costCents: bigint;
  score: number | null;
  callTitle: string;
  callSlug: string;
  subjectName: string;
  own: boolean;
  integrationDueOn: string | null;
};

/** One proposal on its commons: what it asks, its whole text, its files; below it what people say and do. */
export function ProposalBlock({
  municipality,
  proposal,
  details,
  children,
}: {
  municipality: string;
  proposal: ShownProposal;
  details: PublicProposal;
  children: ReactNode;
}) {
  const t = useTranslations("proposals");
  const locale = useLocale();
  const { state, callSlug, callTitle, score } = proposal;
  const isToComplete = allows("proposals:integrate", { proposal: state });
  return (
    <article
      id={`proposta-${proposal.id}`}
      aria-labelledby={`title-${proposal.id}`}
      className="space-y-4 border-line border-t pt-6 first:border-t-0 first:pt-0"
    >
      <div className="space-y-2">
        <h3 id={`title-${proposal.id}`}>
          <Italian>{proposal.title}</Italian>
        </h3>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <ProposalState state={state} />
          <span className="text-base text-ink-soft">
            {proposal.subjectName ? t("by", { name: proposal.subjectName }) : t("byPerson")}
          </span>
          <CoAuthorNames {...details.coAuthors} />
        </p>
      </div>
      {proposal.own && (
        <Notice tone="info" title={t("own")}>
          <TextLink
            href={{
              pathname: "/[municipality]/propose/[draft]/[step]",
              params: { municipality, draft: proposal.id, step: stepPath("preview") },
            }}
          >
            {t("openOwn")}
          </TextLink>
        </Notice>
      )}
      <Merged municipality={municipality} merges={details.merges} />
      {isToComplete && proposal.integrationDueOn && (
        <Notice
          tone="warning"
          title={t("integrationDue", datePhrases("date", proposal.integrationDueOn, locale))}
        >
          {details.reason && (
            <p>
              <Italian>{details.reason}</Italian>
            </p>
          )}
        </Notice>
      )}
      {!isToComplete && details.reason && (
        <Notice tone="neutral" title={t("reasonTitle")}>
          <p>
            <Italian>{details.reason}</Italian>
          </p>
        </Notice>
      )}
      {proposal.summary && (
        <p className="prose whitespace-pre-line">
          <Italian>{proposal.summary}</Italian>
        </p>
      )}
      <DefinitionList
        items={[
          { term: t("cost"), description: <Money cents={proposal.costCents} /> },
          ...(score === null
            ? []
            : [
                {
                  term: t("score"),
                  description: t("scoreValue", { score: formatNumber(score / 100, locale) }),
                },
              ]),
          ...(callSlug
            ? [
                {
                  term: t("call"),
                  description: (
                    <TextLink
                      href={{
                        pathname: "/[municipality]/calls/[call]",
                        params: { municipality, call: callSlug },
                      }}
                    >
                      <Italian>{callTitle}</Italian>
                    </TextLink>
                  ),
                },
              ]
            : []),
        ]}
      />
      {details.dossier && (
        <Disclosure icon="document" label={t("read")}>
          <DossierText answers={details.dossier} level={4} />
        </Disclosure>
      )}
      {details.versions > 1 && (
        <p className="print:hidden">
          <TextLink
            href={{
              pathname: "/[municipality]/proposals/[proposal]/versions",
              params: { municipality, proposal: proposal.id },
            }}
          >
            {t("versions.link", { count: details.versions })}
          </TextLink>
        </p>
      )}
      {details.attachments.length > 0 && (
        <section className="space-y-1">
          <h4 className="text-md">{t("attachments")}</h4>
          <ul className="space-y-1">
            {details.attachments.map((file) => (
              <li key={file.id}>
                <PlainLink href={file.href} icon="paperclip">
                  <bdi>{file.name}</bdi>
                </PlainLink>{" "}
                <span className="text-base text-ink-soft">({formatFileSize(file.size, locale)})</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {children}
    </article>
  );
}
