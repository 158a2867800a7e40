import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Card, CardList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Italian } from "@/components/ui/italian";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { coDesigns } from "@/features/pacts/queries";
import { ProposalState } from "@/features/proposals/proposal-state";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pacts.codesign"))("title"), robots: { index: false } };
}

export default async function CoDesignsPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/co-design">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  await requireOfficial(istatCode);
  const [t, proposals] = await Promise.all([getTranslations("pacts.codesign"), coDesigns(istatCode)]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("title")} lead={t("lead")} />
      {proposals.length === 0 && <EmptyState icon="people" title={t("empty")} />}
      <CardList>
        {proposals.map(({ proposal, title, state, commonsName, subject }) => (
          <li key={proposal}>
            <Card
              level={2}
              href={{
                pathname: "/[municipality]/office/co-design/[proposal]",
                params: { municipality: slug, proposal },
              }}
              title={<Italian>{title}</Italian>}
            >
              <p>
                <ProposalState state={state} />
              </p>
              <p>
                <Italian>{commonsName}</Italian>
              </p>
              <p className="text-base text-ink-soft">{subject.name}</p>
            </Card>
          </li>
        ))}
      </CardList>
    </>
  );
}
