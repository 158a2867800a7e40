import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { LedgerMark } from "@/components/ledger-mark";
import { PlaceMap } from "@/components/map/place-map";
import type { Place, PlaceKind } from "@/components/map/types";
import { ClientMessages } from "@/components/messages";
import { PendingRefresh } from "@/components/pending-refresh";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Disclosure } from "@/components/ui/disclosure";
import { Italian } from "@/components/ui/italian";
import { Notice } from "@/components/ui/notice";
import { OfficeFacts } from "@/features/assessment/office-facts";
import { type OfficeProposal, officeProposal } from "@/features/assessment/office-queries";
import { OfficeSteps } from "@/features/assessment/office-steps";
import { assessmentOf } from "@/features/assessment/queries";
import { ScoreTable } from "@/features/assessment/score-table";
import { actFields } from "@/features/documents/act-field-queries";
import { AttachmentList } from "@/features/documents/attachment-list";
import { mapBase } from "@/features/municipalities/map-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { Gallery } from "@/features/pictures/gallery";
import { picturesOfDraft } from "@/features/pictures/queries";
import { DossierText } from "@/features/proposals/dossier-text";
import { Merged } from "@/features/proposals/merged";
import { mergesOf } from "@/features/proposals/merges-queries";
import { ProposalState } from "@/features/proposals/proposal-state";
import { publicProposal } from "@/features/proposals/public-queries";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { getPathname } from "@/lib/language/navigation";
import type { Locale } from "@/lib/language/routing";
import { can, canTake } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/proposals/[proposal]">;

async function requireProposal({ params }: Props) {
  const { municipality: path, proposal: id } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await requireOfficial(municipality.istatCode);
  const proposal = (await officeProposal(municipality.istatCode, id, viewer)) ?? notFound();
  return { municipality, viewer, proposal };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await requireProposal(props)).proposal.title, robots: { index: false } };
}

/** A proposal for the offices: what it says, what others have scored, and what this person can do next. */
export default async function OfficeProposalPage(props: Props) {
  const { municipality, viewer, proposal } = await requireProposal(props);
  const t = await getTranslations("assessment");
  const errors = (await getTranslations("errors")) as unknown as ErrorTranslator;
  const locale = await getLocale();
  const { istatCode, slug } = municipality;
  const [merges, details, pictures, assessment, act] = await Promise.all([
    mergesOf(istatCode, proposal.id),
    publicProposal(municipality, { id: proposal.id, reasonDigest: null }, viewer),
    picturesOfDraft(istatCode, proposal.id, viewer),
    assessmentOf(istatCode, proposal.id, viewer),
    actFields(),
  ]);
  const position = positionOf(slug, locale, proposal.commons);
  const base = position && (await mapBase(istatCode, municipality, [position]));
  const takes = (step: Parameters<typeof canTake>[2]) =>
    canTake(viewer, istatCode, step, { proposal: proposal.state });
  const onItsWay = proposal.pending.some(({ status }) => status === "waiting");
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/proposals", params: { municipality: slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={<Italian>{proposal.title}</Italian>} />
      <div className="space-y-10">
        <div className="space-y-4">
          <p>
            <ProposalState state={proposal.state} />
          </p>
          {proposal.pending.map(({ id, error }) => (
            <LedgerMark
              key={id}
              municipality={slug}
              status={
                error
                  ? { state: "not_recorded", reason: errorSentence(errors, locale, error.code, error.params) }
                  : { state: "pending" }
              }
            />
          ))}
          <PendingRefresh pending={onItsWay} />
          {proposal.reason && <Notice tone="info">{proposal.reason}</Notice>}
          {proposal.others.some(({ sameCommons }) => sameCommons) && (
            <Notice tone="warning" title={t("rivals")}>
              <ul className="list-disc pl-5">
                {proposal.others
                  .filter(({ sameCommons }) => sameCommons)
                  .map(({ id, title }) => (
                    <li key={id}>
                      <Italian>{title}</Italian>
                    </li>
                  ))}
              </ul>
            </Notice>
          )}
          <Merged municipality={slug} merges={merges} />
          {proposal.credits > 0 && <p>{t("credits", { count: proposal.credits })}</p>}
        </div>
        <section aria-labelledby="facts" className="space-y-3">
          <h2 id="facts">{t("facts")}</h2>
          <OfficeFacts municipality={slug} proposal={proposal} />
          {position && base && (
            <PlaceMap {...base} places={[position]} label={t("positionMap", { name: position.name })} />
          )}
          <AttachmentList files={details.attachments} />
          {pictures.length > 0 && (
            <>
              <p>{t("pictures")}</p>
              <Gallery municipality={slug} pictures={pictures} />
            </>
          )}
        </section>
        {details.dossier && (
          <Disclosure icon="document" label={t("proposal")} open={can(viewer, istatCode, "proposals:score")}>
            <DossierText answers={details.dossier} level={3} />
          </Disclosure>
        )}
        {assessment && proposal.state !== "submitted" && proposal.state !== "published" && (
          <section aria-labelledby="scores" className="space-y-3">
            <h2 id="scores">{t("scored")}</h2>
            <ScoreTable assessment={assessment} />
            {assessment.conflicts > 0 && <p>{t("conflict.count", { count: assessment.conflicts })}</p>}
          </section>
        )}
        {assessment && !onItsWay && (
          <ClientMessages namespaces={["assessment"]}>
            <OfficeSteps
              proposal={proposal}
              assessment={assessment}
              act={act}
              commands={{
                step: randomUUID(),
                integration: randomUUID(),
                score: randomUUID(),
                conflict: randomUUID(),
                decide: randomUUID(),
                merge: randomUUID(),
                separate: randomUUID(),
              }}
              may={{
                publish: takes("proposals:publish"),
                start: takes("proposals:startAssessment"),
                integrate: takes("proposals:requestIntegration"),
                score: takes("proposals:score"),
                decide: takes("proposals:admit"),
                refuse: takes("proposals:reject"),
                merge: takes("proposals:merge"),
                separate: takes("proposals:separate"),
                declare: takes("proposals:declareConflict"),
              }}
            />
          </ClientMessages>
        )}
      </div>
    </>
  );
}

/** The place as the map takes it; undefined where nobody said where it is. */
function positionOf(
  municipality: string,
  locale: Locale,
  place: OfficeProposal["commons"],
): Place | undefined {
  const { slug, name, kind, lat, lon, address } = place;
  if (lat === null || lon === null) return undefined;
  const href = getPathname({
    locale,
    href: { pathname: "/[municipality]/commons/[commons]", params: { municipality, commons: slug } },
  });
  const approximate = place.positionOf !== "point";
  return { id: slug, kind: kind as PlaceKind, name, lat, lon, approximate, href, note: address ?? "" };
}
