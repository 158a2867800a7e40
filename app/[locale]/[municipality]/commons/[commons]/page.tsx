import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/messages";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink, TextLink } from "@/components/ui/link";
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
  const { ordine } = await props.searchParams;
  const { istatCode } = municipality;
  const t = await getTranslations();
  const [{ day, steps: next }, thread, pending, adhesions, houses, details] = await Promise.all([
    nextOn(istatCode, commons.id),
    threadOf(municipality, commons.id),
    pendingOn(istatCode, commons.id, viewer),
    pendingAdhesions(istatCode, viewer),
    listHouses(istatCode),
    Promise.all(commons.proposals.map((proposal) => publicProposal(municipality, proposal, viewer))),
  ]);
  const oldestFirst = ordine === "crescente";
  const params = { municipality: municipality.slug };
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
          {thread.length > 1 && (
            <p className="print:hidden">
              <TextLink
                href={{
                  pathname: "/[municipality]/commons/[commons]",
                  params: { ...params, commons: commons.slug },
                  ...(!oldestFirst && { query: { ordine: "crescente" } }),
                }}
              >
                {t(oldestFirst ? "commons.newest" : "commons.oldest")}
              </TextLink>
            </p>
          )}
          <ThreadView municipality={municipality.slug} steps={oldestFirst ? thread : thread.toReversed()} />
        </section>
        <HouseHelp municipality={municipality.slug} houses={houses} district={commons.district} />
        <KnownFacts facts={commons.facts} sources={commons.sources} />
      </div>
    </>
  );
}
