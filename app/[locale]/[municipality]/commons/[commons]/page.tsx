import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CommonsDrawing } from "@/components/drawings/commons-drawing";
import { ClientMessages } from "@/components/messages";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink, textLinkClass } from "@/components/ui/link";
import { publicAssessment } from "@/features/assessment/queries";
import { ScoreTable } from "@/features/assessment/score-table";
import { CommonsHeading } from "@/features/commons/commons-heading";
import { KnownFacts } from "@/features/commons/known-facts";
import { nextOn } from "@/features/commons/next-queries";
import { NextSteps } from "@/features/commons/next-step";
import { pendingOn } from "@/features/commons/pending-queries";
import { PendingSteps } from "@/features/commons/pending-steps";
import { commonsBySlug } from "@/features/commons/queries";
import { threadOf } from "@/features/commons/thread-queries";
import { ThreadView } from "@/features/commons/thread-view";
import { listHouses } from "@/features/municipalities/house-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FollowButton } from "@/features/proposals/follow-button";
import { HouseHelp } from "@/features/proposals/house-help";
import { ProposalsOnCommons } from "@/features/proposals/proposals-on-commons";
import { pendingAdhesions, publicProposal } from "@/features/proposals/public-queries";
import { currentViewer } from "@/lib/auth";
import { pageMetadata } from "@/lib/page-metadata";
import { can } from "@/lib/permissions";

type Props = PageProps<"/[locale]/[municipality]/commons/[commons]">;

async function requireCommons({ params }: Props) {
  const { municipality: path, commons: slug } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await currentViewer();
  const commons = (await commonsBySlug(municipality.istatCode, slug, viewer)) ?? notFound();
  return { municipality, viewer, commons };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { municipality, commons } = await requireCommons(props);
  const t = await getTranslations("states.stage");
  const params = { municipality: municipality.slug, commons: commons.slug };
  const stage = t(commons.stage as Parameters<typeof t>[0]);
  const words = commons.proposals[0]?.summary || commons.description;
  return pageMetadata({
    href: { pathname: "/[municipality]/commons/[commons]", params },
    title: `${commons.name} — ${stage}`,
    description: [words, `${municipality.name}: ${stage}`].filter(Boolean).join(" — ").slice(0, 300),
  });
}

/** One commons: what is next, what is proposed, and the thread of all that has happened. */
export default async function CommonsPage(props: Props) {
  const { municipality, viewer, commons } = await requireCommons(props);
  const { istatCode } = municipality;
  const t = await getTranslations();
  const [{ day, steps: next }, thread, pending, adhesions, houses, details, assessments] = await Promise.all([
    nextOn(istatCode, commons.id),
    threadOf(municipality, commons.id),
    pendingOn(istatCode, commons.id, viewer),
    pendingAdhesions(istatCode, viewer),
    listHouses(istatCode),
    Promise.all(commons.proposals.map((proposal) => publicProposal(municipality, proposal, viewer))),
    Promise.all(commons.proposals.map(({ id }) => publicAssessment(istatCode, id))),
  ]);
  const params = { municipality: municipality.slug };
  const parts = [
    { id: "next", label: t("thread.next.title") },
    { id: "proposals", label: t("proposals.title", { count: Math.max(1, commons.proposals.length) }) },
    { id: "thread", label: t("thread.title") },
  ];
  return (
    <>
      <Breadcrumb
        items={[{ href: { pathname: "/[municipality]/commons", params }, label: t("commons.title") }]}
      />
      <CommonsHeading commons={commons}>
        <FollowButton commons={commons.id} followed={commons.followed} signedIn={viewer !== undefined} />
        <ButtonLink
          look="secondary"
          icon="plus"
          href={{ pathname: "/[municipality]/propose", params, query: { bene: commons.id } }}
        >
          {t("commons.proposeHere")}
        </ButtonLink>
      </CommonsHeading>
      <div className="grid items-start gap-x-12 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-12">
          <div className="space-y-4">
            <NextSteps municipality={municipality.slug} steps={next} day={day} />
            <ClientMessages namespaces={["thread"]}>
              <PendingSteps municipality={municipality.slug} steps={pending} />
            </ClientMessages>
          </div>
          <ClientMessages namespaces={["engagement", "errors"]}>
            <ProposalsOnCommons
              municipality={municipality.slug}
              proposals={commons.proposals.map((proposal, index) => ({
                proposal,
                details: details[index] ?? { dossier: null, attachments: [], comments: [], reason: null },
                pending: adhesions.findLast((item) => item.proposal === proposal.id)?.kind,
                assessment: assessments[index] && <ScoreTable assessment={assessments[index]} />,
                command: randomUUID(),
              }))}
              rights={{
                write: can(viewer, istatCode, "comments:write"),
                moderate: can(viewer, istatCode, "comments:moderate"),
              }}
            />
          </ClientMessages>
          <section aria-labelledby="thread" className="space-y-4">
            <h2 id="thread">{t("thread.title")}</h2>
            <p className="max-w-text text-ink-soft">{t("thread.lead")}</p>
            <ThreadView municipality={municipality.slug} steps={thread} />
          </section>
          <KnownFacts facts={commons.facts} sources={commons.sources} />
        </div>
        <div className="space-y-8">
          <div className="overflow-hidden rounded-smooth border border-line print:hidden">
            <CommonsDrawing kind={commons.kind} seed={commons.id} />
          </div>
          <nav aria-labelledby="on-this-page" className="hidden space-y-1 lg:block print:hidden">
            <h2 id="on-this-page" className="text-lg">
              {t("commons.onThisPage")}
            </h2>
            <ul className="text-base">
              {parts.map(({ id, label }) => (
                <li key={id}>
                  <a href={`#${id}`} className={`${textLinkClass} inline-flex min-h-8 items-center`}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <HouseHelp municipality={municipality.slug} houses={houses} district={commons.district} />
        </div>
      </div>
    </>
  );
}
