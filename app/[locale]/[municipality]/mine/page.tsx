import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { waitingActs } from "@/features/acts/queries";
import { WaitingActs } from "@/features/acts/waiting-acts";
import { ownVotes } from "@/features/ballots/queries";
import { CommonsCards } from "@/features/commons/commons-cards";
import { listCommons } from "@/features/commons/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { ownWaiting } from "@/features/office/own-waiting-queries";
import { WaitingList } from "@/features/office/waiting-list";
import { isInRegister } from "@/features/passkeys/queries";
import { MineSections } from "@/features/people/mine-sections";
import { OwnAdhesions, OwnProposals } from "@/features/proposals/mine-overview";
import { followedCommons, ownAdhesions } from "@/features/proposals/mine-queries";
import { OwnDrafts } from "@/features/proposals/own-drafts";
import { ownProposals } from "@/features/proposals/queries";
import { placePhrases } from "@/lib/phrases";
import { requestedPath } from "@/lib/request-path";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mine"))("title"), robots: { index: false } };
}

/** Everything a person has begun, submitted, supported, followed and voted in; never what they voted. */
export default async function MinePage({ params }: PageProps<"/[locale]/[municipality]/mine">) {
  const municipality = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const { istatCode, slug } = municipality;
  const [t, locale] = await Promise.all([getTranslations("mine"), getLocale()]);
  const [own, waiting, adhesions, followed, commons, votes, keys, acts, path] = await Promise.all([
    ownProposals(istatCode, viewer),
    ownWaiting(istatCode, viewer),
    ownAdhesions(istatCode, viewer),
    followedCommons(istatCode, viewer),
    listCommons(istatCode),
    ownVotes(istatCode, viewer),
    isInRegister(istatCode, viewer),
    waitingActs(istatCode, viewer),
    requestedPath(),
  ]);
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
        <WaitingActs municipality={slug} acts={acts} next={path} />
        {waiting.items.length > 0 && (
          <section aria-labelledby="waiting" className="space-y-4">
            <h2 id="waiting">{t("waiting")}</h2>
            <WaitingList municipality={slug} items={waiting.items} day={waiting.day} />
          </section>
        )}
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
        <section aria-labelledby="adhesions" className="space-y-4">
          <h2 id="adhesions">{t("adhesions")}</h2>
          <OwnAdhesions municipality={slug} adhesions={adhesions} />
        </section>
        <section aria-labelledby="votes" className="space-y-4">
          <h2 id="votes">{t("votes")}</h2>
          <p>{t("votesText")}</p>
          {votes.length === 0 ? (
            <EmptyState icon="ballot" title={t("noVotes")} />
          ) : (
            <ul className="max-w-form divide-y divide-line border-line border-y">
              {votes.map((round) => (
                <li key={round.id} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
                  <span id={`round-${round.id}`}>{round.title}</span>
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
            <CommonsCards
              municipality={slug}
              commons={commons.filter(({ id }) => followed.includes(id))}
              level={3}
            />
          )}
        </section>
      </div>
    </>
  );
}
