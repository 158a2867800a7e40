import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { State } from "@/components/ui/state";
import { stepPath } from "./dossier";
import type { OwnAdhesion } from "./mine-queries";
import { ProposalState } from "./proposal-state";
import type { OwnProposal } from "./queries";

/** What a person has submitted, each with its state and the way to it. */
export function OwnProposals({
  municipality,
  proposals,
}: {
  municipality: string;
  proposals: readonly OwnProposal[];
}) {
  const t = useTranslations("mine");
  const together = useTranslations("propose.together");
  if (proposals.length === 0)
    return (
      <EmptyState
        icon="document"
        title={t("noProposals")}
        action={
          <TextLink href={{ pathname: "/[municipality]/propose", params: { municipality } }}>
            {t("propose")}
          </TextLink>
        }
      />
    );
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {proposals.map((proposal) => (
        <li key={proposal.id} className="space-y-1 py-3">
          <p className="font-semibold">
            <TextLink
              href={{
                pathname: "/[municipality]/propose/[draft]/[step]",
                params: { municipality, draft: proposal.id, step: stepPath("preview") },
              }}
            >
              <Italian>{proposal.title}</Italian>
            </TextLink>
          </p>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
            {proposal.state === null ? (
              <State icon="hourglass">{t("onItsWay")}</State>
            ) : (
              <ProposalState state={proposal.state} />
            )}
            <span className="text-ink-soft">
              {proposal.callTitle}
              {proposal.isCoAuthor && ` · ${together("mark")}`}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What a person supports. */
export function OwnAdhesions({
  municipality,
  adhesions,
  contact,
}: {
  municipality: string;
  adhesions: readonly OwnAdhesion[];
  /** What stands below an adhesion by which somebody offers time. */
  contact: (proposal: string) => ReactNode;
}) {
  const t = useTranslations("mine");
  const kind = useTranslations("engagement.kind");
  if (adhesions.length === 0)
    return (
      <EmptyState
        icon="handshake"
        title={t("noAdhesions")}
        action={
          <TextLink href={{ pathname: "/[municipality]/commons", params: { municipality } }}>
            {t("seeCommons")}
          </TextLink>
        }
      />
    );
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {adhesions.map((adhesion) => (
        <li key={adhesion.proposal} className="space-y-1 py-3">
          <p className="font-semibold">
            <TextLink
              href={{
                pathname: "/[municipality]/commons/[commons]",
                params: { municipality, commons: adhesion.commonsSlug },
              }}
            >
              {adhesion.title || adhesion.commonsName}
            </TextLink>
          </p>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
            {adhesion.state && <ProposalState state={adhesion.state} />}
            <span className="text-ink-soft">{kind(adhesion.kind as Parameters<typeof kind>[0])}</span>
          </p>
          {adhesion.kind === "time" && contact(adhesion.proposal)}
        </li>
      ))}
    </ul>
  );
}
