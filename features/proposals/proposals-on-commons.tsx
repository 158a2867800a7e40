import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { allows } from "@/protocol/workflow/table";
import { Adhesions } from "./adhesions";
import { ProposalBlock, type ShownProposal } from "./proposal-block";
import type { PendingAdhesion, PublicProposal } from "./public-queries";

export type ProposalOnCommons = {
  proposal: ShownProposal & { adhesions: number; adhered: string | null };
  details: PublicProposal;
  pending: PendingAdhesion["kind"] | undefined;
  /** Points and reasons, once it has been decided on. */
  assessment?: ReactNode;
  /** To be told of it alone, for somebody who is signed in. */
  follow?: ReactNode;
  /** Its meetings, where it has any. */
  meetings: ReactNode;
  /** What is said about it. */
  talk: ReactNode;
  command: string;
};

/** The proposals on a commons, newest first, each with adhesions and comments. */
export function ProposalsOnCommons({
  municipality,
  proposals,
  mayAdhere,
}: {
  municipality: string;
  proposals: readonly ProposalOnCommons[];
  mayAdhere: boolean;
}) {
  const t = useTranslations("proposals");
  const engagement = useTranslations("engagement");
  return (
    <section aria-labelledby="proposals" className="space-y-6">
      <h2 id="proposals">{t("title", { count: Math.max(1, proposals.length) })}</h2>
      {proposals.length === 0 && (
        <EmptyState icon="idea" title={t("none")}>
          {t("noneText")}
        </EmptyState>
      )}
      {proposals.map(({ proposal, details, pending, assessment, follow, command, talk, meetings }) => (
        <ProposalBlock key={proposal.id} municipality={municipality} proposal={proposal} details={details}>
          {assessment && (
            <Disclosure icon="scale" label={t("assessed")} open={proposal.state === "not_admitted"}>
              {assessment}
            </Disclosure>
          )}
          <Adhesions
            municipality={municipality}
            proposal={proposal.id}
            count={proposal.adhesions}
            own={proposal.adhered}
            pending={pending}
            open={mayAdhere && allows("proposals:adhere", { proposal: proposal.state })}
            command={command}
          />
          {meetings}
          {follow && <div className="print:hidden">{follow}</div>}
          <div className="print:hidden">
            <Disclosure
              icon="message"
              label={engagement("commentsCount", { count: details.discussion.count })}
            >
              <div className="max-w-form">{talk}</div>
            </Disclosure>
          </div>
        </ProposalBlock>
      ))}
    </section>
  );
}
