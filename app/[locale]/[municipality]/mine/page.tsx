import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { Fold } from "@/components/ui/fold";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { State } from "@/components/ui/state";
import { waitingActs } from "@/features/acts/queries";
import { WaitingActs } from "@/features/acts/waiting-acts";
import { ownVotes } from "@/features/ballots/queries";
import { FollowedCommons } from "@/features/commons/followed-commons";
import { listCommons } from "@/features/commons/list-queries";
import { MeetingList } from "@/features/meetings/meeting-list";
import { ownMeetings } from "@/features/meetings/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { RefusedAddress } from "@/features/notifications/address-form";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { ownAddress } from "@/features/notifications/mail-service";
import { followedCommons } from "@/features/notifications/queries";
import { ownWaiting } from "@/features/office/queries";
import { queueOf } from "@/features/office/queue";
import { queueFor } from "@/features/office/queue-queries";
import { mostUrgentFirst } from "@/features/office/rules";
import { WaitingList } from "@/features/office/waiting-list";
import { signsSomething } from "@/features/passkeys/queries";
import { MineSections } from "@/features/people/mine-sections";
import { residenceCheck } from "@/features/people/queries";
import { ResidenceNotice } from "@/features/people/residence-notice";
import { OwnAdhesions, OwnProposals } from "@/features/proposals/mine-overview";
import { ownAdhesions } from "@/features/proposals/mine-queries";
import { OwnDrafts } from "@/features/proposals/own-drafts";
import { ownProposals } from "@/features/proposals/queries";
import { ownStuck } from "@/features/register/stuck-queries";
import { OwnStuck } from "@/features/register/stuck-view";
import { roundsToCheck } from "@/features/sealed-voting/queries";
import { RoundsToCheck } from "@/features/sealed-voting/rounds-to-check";
import { OwnConsent } from "@/features/volunteers/own-consent";
import { ownProposalsWithVolunteers } from "@/features/volunteers/queries";
import { holdsOffice } from "@/lib/permissions";
import { placePhrases } from "@/lib/phrases";
import { requestedPath } from "@/lib/request-path";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mine"))("title"), robots: { index: false } };
}

/** As many as a telephone shows without being asked. */
const FEW = 5;

/** Commons that somebody follows, on one page. */
const FOLLOWED = 60;

/** Everything a person has begun, submitted, supported, followed and voted in; never what they voted. */
export default async function MinePage({ params }: PageProps<"/[locale]/[municipality]/mine">) {
  const municipality = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const { istatCode, slug } = municipality;
  const [t, locale] = await Promise.all([getTranslations("mine"), getLocale()]);
  const [own, waiting, adhesions, followed, votes, keys, acts, stuck, path] = await Promise.all([
    ownProposals(istatCode, viewer),
    ownWaiting(istatCode, viewer),
    ownAdhesions(istatCode, viewer),
    followedCommons(istatCode, viewer),
    ownVotes(istatCode, viewer),
    signsSomething(istatCode, viewer),
    waitingActs(istatCode, viewer),
    ownStuck(istatCode, viewer),
    requestedPath(),
  ]);
  const residence = await residenceCheck(istatCode, viewer.id);
  const volunteers = await ownProposalsWithVolunteers(istatCode, viewer);
  const meetings = await ownMeetings(istatCode, viewer);
  const toCheck = await roundsToCheck(istatCode);
  const address = mailMode() === "off" ? undefined : await ownAddress(viewer);
  const office = holdsOffice(viewer, istatCode)
    ? await queueFor(istatCode, viewer, queueOf({}, locale))
    : undefined;
  const drafts = own.filter(({ state, submission }) => state === null && submission.status !== "pending");
  const submitted = own.filter(({ state, submission }) => state !== null || submission.status === "pending");
  return (
    <>
      <PageHeading
        title={t("title")}
        lead={t("lead", placePhrases("municipality", municipality.name, locale))}
      />
      <MineSections municipality={slug} current="overview" keys={keys} />
      <div className="space-y-12">
        {residence?.state === "failed" && (
          <ResidenceNotice check={residence} municipality={municipality.name} />
        )}
        <RefusedAddress municipality={slug} address={address} />
        {waiting.items.length > 0 && (
          <section aria-labelledby="waiting" className="space-y-4">
            <h2 id="waiting">{t("waiting")}</h2>
            <WaitingList municipality={slug} items={mostUrgentFirst(waiting.items)} day={waiting.day} />
          </section>
        )}
        {stuck && stuck.items.length > 0 && (
          <section aria-labelledby="stuck" className="space-y-4">
            <h2 id="stuck">{t("stuck")}</h2>
            <OwnStuck municipality={slug} stuck={stuck} />
          </section>
        )}
        <RoundsToCheck municipality={slug} rounds={toCheck} />
        <WaitingActs municipality={slug} acts={acts} next={path} />
        {office !== undefined && office.whole > 0 && (
          <Notice tone={office.late > 0 ? "warning" : "info"} title={t("office", { count: office.whole })}>
            {office.late > 0 && <p>{t("officeLate", { count: office.late })}</p>}
            <p>
              <TextLink href={{ pathname: "/[municipality]/office", params: { municipality: slug } }}>
                {t("toOffice")}
              </TextLink>
            </p>
          </Notice>
        )}
        {meetings.length > 0 && (
          <section aria-labelledby="meetings" className="space-y-4">
            <h2 id="meetings">{t("meetings")}</h2>
            <MeetingList
              municipality={slug}
              meetings={meetings}
              noteOf={({ isWaiting }) => isWaiting && <State icon="hourglass">{t("meetingWaiting")}</State>}
            />
          </section>
        )}
        <div className="grid items-start gap-x-12 gap-y-12 lg:grid-cols-2">
          <div className="space-y-12">
            {drafts.length > 0 && (
              <section aria-labelledby="drafts" className="space-y-4">
                <h2 id="drafts">{t("drafts")}</h2>
                <OwnDrafts municipality={slug} drafts={drafts} />
              </section>
            )}
            <section aria-labelledby="proposals" className="space-y-4">
              <h2 id="proposals">{t("proposals")}</h2>
              <OwnProposals municipality={slug} proposals={submitted} />
            </section>
            {volunteers.length > 0 && (
              <section aria-labelledby="volunteers" className="space-y-4">
                <h2 id="volunteers">{t("volunteers")}</h2>
                <ul className="max-w-form divide-y divide-line border-line border-y">
                  {volunteers.map(({ proposal, title, count }) => (
                    <li key={proposal} className="py-2">
                      <TextLink
                        href={{
                          pathname: "/[municipality]/volunteers/[proposal]",
                          params: { municipality: slug, proposal },
                        }}
                      >
                        {t("volunteersOf", { title, count })}
                      </TextLink>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <section aria-labelledby="votes" className="space-y-4">
              <h2 id="votes">{t("votes")}</h2>
              <p>{t("votesText")}</p>
              {votes.length === 0 ? (
                <EmptyState icon="ballot" title={t("noVotes")} />
              ) : (
                <ul className="max-w-form divide-y divide-line border-line border-y">
                  {votes.map((round) => (
                    <li key={round.id} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
                      <span id={`round-${round.id}`}>
                        <Italian>{round.title}</Italian>
                      </span>
                      <TextLink
                        href={{
                          pathname: "/[municipality]/rounds/[round]/receipt",
                          params: { municipality: slug, round: round.slug },
                        }}
                        aria-describedby={`round-${round.id}`}
                        className="inline-flex min-h-11 items-center"
                      >
                        {t("seeReceipt")}
                      </TextLink>
                    </li>
                  ))}
                </ul>
              )}
            </section>
            <section aria-labelledby="followed" className="space-y-4">
              <h2 id="followed">{t("followed")}</h2>
              {followed.length === 0 ? (
                <EmptyState
                  icon="bell"
                  title={t("noFollowed")}
                  action={
                    <TextLink href={{ pathname: "/[municipality]/commons", params: { municipality: slug } }}>
                      {t("seeCommons")}
                    </TextLink>
                  }
                />
              ) : (
                <Fold label={t("showFollowed", { count: followed.length })} open={followed.length <= FEW}>
                  <FollowedCommons
                    municipality={slug}
                    commons={(await listCommons(istatCode, {}, { most: FOLLOWED, only: followed })).commons}
                  />
                </Fold>
              )}
            </section>
          </div>
          <div className="space-y-12">
            <section aria-labelledby="adhesions" className="space-y-4">
              <h2 id="adhesions">{t("adhesions")}</h2>
              <Fold label={t("showAdhesions", { count: adhesions.length })} open={adhesions.length <= FEW}>
                <OwnAdhesions
                  municipality={slug}
                  adhesions={adhesions}
                  contact={(proposal) => (
                    <OwnConsent municipality={istatCode} viewer={viewer} proposal={proposal} />
                  )}
                />
              </Fold>
            </section>
          </div>
        </div>
      </div>
    </>
  );
}
