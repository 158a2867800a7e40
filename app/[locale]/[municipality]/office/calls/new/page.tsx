import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { CallForm } from "@/features/calls/call-form";
import { lineChoices } from "@/features/calls/queries";
import { CRITERIA_ROWS } from "@/features/calls/schema";
import { requireMunicipality } from "@/features/municipalities/queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("calls.office"))("newTitle"), robots: { index: false } };
}

export default async function NewCallPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/calls/new">) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "calls:publish")) notFound();
  const t = await getTranslations("calls.office");
  const lines = await lineChoices(istatCode);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/calls", params: { municipality: slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={t("newTitle")} />
      <ClientMessages namespaces={["calls", "errors"]}>
        <CallForm
          command={crypto.randomUUID()}
          initial={{ threshold: "70", requiredScores: "2" }}
          lines={lines.map(({ id, name, year }) => ({ value: id, label: `${name} (${year})` }))}
          rows={CRITERIA_ROWS}
        />
      </ClientMessages>
    </>
  );
}
