import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/messages";
import { CommonsPicture } from "@/components/pictures/commons-picture";
import { sharedPicture } from "@/components/pictures/picture";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink, TextLink, textLinkClass } from "@/components/ui/link";
import { publicAssessment } from "@/features/assessment/queries";
import { ScoreTable } from "@/features/assessment/score-table";
import { BackToBallot } from "@/features/ballots/back-to-ballot";
import { Talk } from "@/features/comments/talk";
import { CareCard } from "@/features/commons/care-card";
import { careOf } from "@/features/commons/care-queries";
import { CommonsActions, CommonsHeading } from "@/features/commons/commons-heading";
import { KnownFacts } from "@/features/commons/known-facts";
import { nextOn } from "@/features/commons/next-queries";
import { NextSteps } from "@/features/commons/next-step";
import { pendingOn } from "@/features/commons/pending-queries";
import { PendingSteps } from "@/features/commons/pending-steps";
import { threadOf } from "@/features/commons/thread-queries";
import { ThreadView } from "@/features/commons/thread-view";
import { EmbedCode } from "@/features/embed/embed-code";
import { MeetingsAbout } from "@/features/meetings/meetings-about";
import { listHouses } from "@/features/municipalities/house-queries";
import { FollowButton } from "@/features/notifications/follow-button";
import { isFollowing } from "@/features/notifications/queries";
import { picturesOfCommons } from "@/features/pictures/queries";
import { subjectsFor } from "@/features/pictures/rights-queries";
import { HouseHelp } from "@/features/proposals/house-help";
import { ProposalsOnCommons } from "@/features/proposals/proposals-on-commons";
import { pendingAdhesions, publicProposal } from "@/features/proposals/public-queries";
import { ShareBar } from "@/features/sharing/share-bar";
import { pageMetadata } from "@/lib/page-metadata";
import { can } from "@/lib/permissions";
import { requireCommons } from "./require-commons";

const nothingPublic = {
  ...{ dossier: null, attachments: [], reason: null, versions: 0 },
  merges: { into: null, from: [] },
  coAuthors: { names: [], others: 0 },
  discussion: { threads: [], count: 0, page: 1, pages: 1 },
};

type Props = PageProps<"/[locale]/[municipality]/commons/[commons]">;

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
    picture: sharedPicture(municipality.slug, commons.picture),
  });
}

/** One commons: what is next, what is proposed, and the thread of all that has happened. */
export default async function CommonsPage(props: Props) {
  const { municipality, viewer, commons } = await requireCommons(props);
  const { scheda } = await props.searchParams;
  const { istatCode } = municipality;
  const t = await getTranslations();
  const [
    { day, steps: next },
    thread,
    pending,
    adhesions,
    houses,
    details,
    assessments,
    pictures,
    [first],
    care,
  ] = await Promise.all([
    nextOn(istatCode, commons.id),
    threadOf(municipality, commons.id),
    pendingOn(istatCode, commons.id, viewer),
    pendingAdhesions(istatCode, viewer),
    listHouses(istatCode),
    Promise.all(commons.proposals.map((proposal) => publicProposal(municipality, proposal, viewer))),
    Promise.all(commons.proposals.map(({ id }) => publicAssessment(istatCode, id))),
    picturesOfCommons(istatCode, commons.id, viewer),
    subjectsFor(istatCode, commons.id, viewer),
    careOf(istatCode, commons.id),
  ]);
  const [latest] = commons.proposals;
  const follows = await Promise.all(
    commons.proposals.map(({ id: subject }) => isFollowing(istatCode, viewer, { kind: "proposal", subject })),
  );
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
      <BackToBallot municipality={municipality} round={scheda} />
      <CommonsHeading commons={commons} />
      <div className="grid items-start gap-x-12 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-12">
          <div className="space-y-4">
            <NextSteps
              municipality={municipality.slug}
              steps={next}
              day={day}
              notAdmitted={latest?.state === "not_admitted" ? latest.id : undefined}
            />
            <ClientMessages namespaces={["thread"]}>
              <PendingSteps municipality={municipality.slug} steps={pending} />
            </ClientMessages>
            <CommonsActions commons={commons}>
              <FollowButton
                kind="commons"
                subject={commons.id}
                followed={commons.followed}
                signedIn={viewer !== undefined}
              />
              <ButtonLink
                look="secondary"
                icon="plus"
                href={{ pathname: "/[municipality]/propose", params, query: { bene: commons.id } }}
              >
                {t("commons.proposeHere")}
              </ButtonLink>
            </CommonsActions>
            <ShareBar
              title={commons.name}
              href={{
                pathname: "/[municipality]/commons/[commons]",
                params: { ...params, commons: commons.slug },
              }}
              embed={
                <EmbedCode
                  municipality={municipality.slug}
                  subject="commons"
                  slug={commons.slug}
                  title={commons.name}
                />
              }
            />
          </div>
          <ClientMessages namespaces={["engagement"]}>
            <ProposalsOnCommons
              municipality={municipality.slug}
              proposals={commons.proposals.map((proposal, index) => ({
                proposal,
                details: details[index] ?? nothingPublic,
                talk: details[index] && (
                  <Talk
                    municipality={municipality}
                    about={{ type: "proposal", id: proposal.id }}
                    discussion={details[index].discussion}
                    viewer={viewer}
                  />
                ),
                meetings: (
                  <MeetingsAbout
                    municipality={municipality}
                    about={{ type: "proposal", id: proposal.id }}
                    viewer={viewer}
                    level={4}
                  />
                ),
                pending: adhesions.findLast((item) => item.proposal === proposal.id)?.kind,
                follow: viewer && (
                  <FollowButton
                    {...{ kind: "proposal", subject: proposal.id, followed: follows[index] === true }}
                    signedIn
                    describedBy={`title-${proposal.id}`}
                  />
                ),
                assessment: assessments[index] && <ScoreTable assessment={assessments[index]} />,
                command: randomUUID(),
              }))}
              mayAdhere={can(viewer, istatCode, "proposals:adhere")}
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
          <div className="space-y-2 print:hidden">
            <div className="overflow-hidden rounded-smooth border border-line">
              <CommonsPicture
                municipality={municipality.slug}
                picture={commons.picture}
                kind={commons.kind}
                seed={commons.id}
                sizes="(min-width: 992px) 20rem, 100vw"
                early
              />
            </div>
            {(pictures.length > 0 || first) && (
              <p className="flex flex-wrap gap-x-6 gap-y-1 text-base">
                <TextLink
                  href={{
                    pathname: "/[municipality]/commons/[commons]/pictures",
                    params: { ...params, commons: commons.slug },
                  }}
                >
                  {pictures.length > 0
                    ? t("pictures.all", { count: pictures.length })
                    : t("pictures.addHere")}
                </TextLink>
              </p>
            )}
          </div>
          {care && <CareCard municipality={municipality.slug} care={care} />}
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
