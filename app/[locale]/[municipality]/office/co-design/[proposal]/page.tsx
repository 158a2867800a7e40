import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DefinitionList } from "@/components/ui/definition-list";
import { PlainLink, TextLink } from "@/components/ui/link";
import { attachmentsOf } from "@/features/documents/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { PendingNotice } from "@/features/office/pending-notice";
import { pendingItemsOf } from "@/features/office/scene-queries";
import { CoDesignTasks } from "@/features/pacts/co-design-tasks";
import { coDesigns, pactUnderWay } from "@/features/pacts/queries";
import { renewablePact } from "@/features/pacts/renewal-queries";
import { pactTemplates } from "@/features/pacts/templates";
import { ProposalState } from "@/features/proposals/proposal-state";
import { mayContact } from "@/features/volunteers/queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/co-design/[proposal]">;

async function requireCoDesign({ params }: Props) {
  const { municipality: path, proposal } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await requireOfficial(municipality.istatCode);
  const found = (await coDesigns(municipality.istatCode)).find((row) => row.proposal === proposal);
  return { municipality, viewer, coDesign: found ?? notFound() };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await requireCoDesign(props)).coDesign.title, robots: { index: false } };
}

export default async function CoDesignPage(props: Props) {
  const { municipality, viewer, coDesign } = await requireCoDesign(props);
  const { slug, istatCode } = municipality;
  const { proposal } = coDesign;
  const { modello } = await props.searchParams;
  const [t, pact, renewable, files] = await Promise.all([
    getTranslations("pacts.codesign"),
    pactUnderWay(istatCode, proposal),
    renewablePact(istatCode, proposal),
    attachmentsOf(municipality, { type: "proposal", id: proposal }, viewer),
  ]);
  const mayContactVolunteers = await mayContact(istatCode, viewer, proposal);
  const about = new Set([proposal, pact.draft?.id]);
  const pending = (await pendingItemsOf(istatCode)).filter(({ subject }) => about.has(subject.id));
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/co-design", params: { municipality: slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={coDesign.title} />
      <div className="space-y-10">
        <div className="space-y-4">
          <DefinitionList
            items={[
              { term: t("state"), description: <ProposalState state={coDesign.state} /> },
              {
                term: t("commons"),
                description: (
                  <TextLink
                    href={{
                      pathname: "/[municipality]/commons/[commons]",
                      params: { municipality: slug, commons: coDesign.commonsSlug },
                    }}
                  >
                    {coDesign.commonsName}
                  </TextLink>
                ),
              },
              { term: t("proponent"), description: coDesign.subject.name },
            ]}
          />
          {mayContactVolunteers && (
            <p>
              <TextLink
                href={{
                  pathname: "/[municipality]/volunteers/[proposal]",
                  params: { municipality: slug, proposal },
                }}
              >
                {t("volunteers")}
              </TextLink>
            </p>
          )}
          <PendingNotice items={pending} />
        </div>
        {can(viewer, istatCode, "pacts:draft") ? (
          <CoDesignTasks
            municipality={slug}
            coDesign={coDesign}
            pact={pact}
            renewable={renewable}
            isOnItsWay={pending.some(({ status }) => status === "waiting")}
            template={pactTemplates.find((name) => name === modello)}
          />
        ) : (
          <p>{t("notCoordinator")}</p>
        )}
        {files.length > 0 && (
          <section aria-labelledby="files" className="space-y-3">
            <h2 id="files">{t("documents")}</h2>
            <ul className="space-y-1">
              {files.map(({ id, name, href }) => (
                <li key={id}>
                  <PlainLink href={href} icon="paperclip">
                    {name}
                  </PlainLink>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
