import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { TwoColumns } from "@/components/layout/two-columns";
import { LedgerMark } from "@/components/ledger-mark";
import { PendingRefresh } from "@/components/pending-refresh";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PrintButton } from "@/components/ui/print-button";
import { Reason } from "@/components/ui/reason";
import { discussionOn } from "@/features/comments/queries";
import { Talk } from "@/features/comments/talk";
import { publicReason } from "@/features/documents/reason-queries";
import { commitmentsOf } from "@/features/funds/commitment-queries";
import { PactMoney } from "@/features/funds/pact-money";
import { pendingAround } from "@/features/funds/pending-queries";
import { MeetingsAbout } from "@/features/meetings/meetings-about";
import { requireMunicipality } from "@/features/municipalities/queries";
import { FollowButton } from "@/features/notifications/follow-button";
import { isFollowing } from "@/features/notifications/queries";
import { PactFacts, PactWords } from "@/features/pacts/pact-facts";
import { PactStateMark } from "@/features/pacts/pact-state";
import { PactTasks } from "@/features/pacts/pact-tasks";
import { needsKey, pactBySlug } from "@/features/pacts/queries";
import { renewablePact, renewalsOf } from "@/features/pacts/renewal-queries";
import { NeedsKey } from "@/features/papers/needs-key";
import { BeforeAndAfter } from "@/features/pictures/gallery";
import { picturesOf } from "@/features/pictures/queries";
import { mayAdd } from "@/features/pictures/rights-queries";
import { ShareBar } from "@/features/sharing/share-bar";
import { currentViewer } from "@/lib/auth";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { can } from "@/lib/permissions";

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
  const [t, photographs, errors, locale, commitments] = await Promise.all([
    getTranslations("pacts"),
    getTranslations("pictures"),
    getTranslations("errors") as Promise<ErrorTranslator>,
    getLocale(),
    commitmentsOf(municipality, pact.id, viewer),
  ]);
  const about = { type: "pact", id: pact.id } as const;
  const [followed, pictures, addable, discussion, comments, renewals] = await Promise.all([
    isFollowing(municipality.istatCode, viewer, { kind: "pact", subject: pact.id }),
    picturesOf(municipality.istatCode, about, viewer),
    viewer && mayAdd(municipality.istatCode, viewer, about),
    discussionOn(municipality.istatCode, about, viewer, { most: 5 }),
    getTranslations("comments"),
    renewalsOf(municipality.istatCode, pact.id),
  ]);
  const renewable = can(viewer, municipality.istatCode, "pacts:draft")
    ? await renewablePact(municipality.istatCode, pact.proposal)
    : undefined;
  const pending = viewer ? await pendingAround(municipality.istatCode, pact.id, commitments) : [];
  const refused = pending.at(-1);
  return (
    <>
      <Breadcrumb
        items={[
          { href: { pathname: "/[municipality]/pacts", params: { municipality: slug } }, label: t("title") },
        ]}
      />
      <PageHeading
        title={<Italian>{pact.title}</Italian>}
        actions={
          <>
            {viewer && <FollowButton {...{ kind: "pact", subject: pact.id, followed }} signedIn />}
            <PrintButton />
          </>
        }
      />
      <ShareBar
        title={pact.title}
        href={{ pathname: "/[municipality]/pacts/[pact]", params: { municipality: slug, pact: pactSlug } }}
        {...(["signed", "active"].includes(pact.state) && {
          calendar: `/api/calendar/${slug}/pacts/${pactSlug}`,
        })}
      />
      <TwoColumns
        aside={
          <>
            <p>
              <PactStateMark state={pact.state} />
            </p>
            <LedgerMark
              municipality={slug}
              status={{ state: "recorded", block: Number(pact.block), transaction: pact.transactionId }}
            />
            <PactFacts municipality={slug} pact={pact} renewals={renewals} />
          </>
        }
      >
        {pending.length > 0 && (
          <div className="space-y-3">
            <PendingRefresh pending={pending.some(({ status }) => status === "waiting")} />
            {refused?.status === "failed" && refused.error && (
              <Notice tone="danger" title={t("refused")}>
                {errorSentence(errors, locale, refused.error.code, refused.error.params)}
              </Notice>
            )}
          </div>
        )}
        {needsKey(pact) && <NeedsKey municipality={municipality} commons={pact.record.commons} />}
        {["suspended", "terminated", "withdrawn"].includes(pact.state) && (
          <Reason text={await publicReason(municipality.istatCode, pact.record.reasonDigest)} />
        )}
        {renewable?.id === pact.id && (
          <p className="print:hidden">
            <TextLink
              href={{
                pathname: "/[municipality]/office/co-design/[proposal]",
                params: { municipality: slug, proposal: pact.proposal },
              }}
            >
              {t("renewHere")}
            </TextLink>
          </p>
        )}
        {viewer && <PactTasks municipality={municipality.istatCode} pact={pact} viewer={viewer} />}
        <PactWords pact={pact} />
        {(pictures.length > 0 || addable) && (
          <section aria-labelledby="pictures" className="space-y-4">
            <h2 id="pictures">{photographs("beforeAndAfter")}</h2>
            <BeforeAndAfter municipality={slug} pictures={pictures} />
            <p className="print:hidden">
              <TextLink
                href={{
                  pathname: "/[municipality]/commons/[commons]/pictures",
                  params: { municipality: slug, commons: pact.commons.slug },
                  ...(addable && { query: { per: `pact:${pact.id}:after` } }),
                }}
              >
                {addable ? photographs("addHere") : photographs("all", { count: pictures.length })}
              </TextLink>
            </p>
          </section>
        )}
        <section className="space-y-6">
          <h2>{t("money")}</h2>
          <PactMoney municipality={municipality} pact={pact} commitments={commitments} viewer={viewer} />
        </section>
        <MeetingsAbout municipality={municipality} about={about} viewer={viewer} />
        <section aria-labelledby="comments" className="max-w-form space-y-4 print:hidden">
          <h2 id="comments">{comments("title")}</h2>
          <Talk municipality={municipality} about={about} discussion={discussion} viewer={viewer} />
        </section>
      </TwoColumns>
    </>
  );
}
