import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { requireMunicipality } from "@/features/municipalities/queries";
import { admittedProposals, callsToVote } from "@/features/rounds/queries";
import { RoundForm } from "@/features/rounds/round-form";
import { todayInItaly } from "@/lib/local-time";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/rounds/new/[call]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rounds.office"))("new"), robots: { index: false } };
}

export default async function NewRoundPage({ params }: Props) {
  const { municipality: slug, call } = await params;
  const municipality = await requireMunicipality(slug);
  const viewer = await requireOfficial(municipality.istatCode);
  if (!can(viewer, municipality.istatCode, "rounds:freeze")) notFound();
  const found = (await callsToVote(municipality.istatCode)).find(({ id }) => id === call);
  if (!found) notFound();
  const [t, proposals] = await Promise.all([
    getTranslations("rounds.office"),
    admittedProposals(municipality.istatCode, call),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/rounds", params: { municipality: slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={t("newFor", { call: found.title })} lead={t("freezeText")} />
      <RoundForm
        call={call}
        proposals={proposals}
        initial={{
          ...{ ballotType: "approval", least: "1", most: "4", rule: "equal_shares", opensOn: todayInItaly() },
          ...{ requiredAttestations: "2", objectionDays: "10" },
          proposals: proposals.map(({ id }) => id),
        }}
      />
    </>
  );
}
