import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ConveneForm } from "@/features/meetings/meeting-forms";
import { mayConvene } from "@/features/meetings/queries";
import { aboutSchema } from "@/features/meetings/schema";
import { meetingSubject } from "@/features/meetings/subject-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { requireViewerFor } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/meetings/new/[type]/[subject]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("meetings"))("convene"), robots: { index: false } };
}

/** Calling a meeting about a proposal in co-design, a pact or a house. */
export default async function ConvenePage({ params }: Props) {
  const { municipality: path, type, subject: id } = await params;
  const municipality = await requireMunicipality(path);
  const { viewer } = await requireViewerFor("meetings:convene");
  const about = aboutSchema.safeParse({ type, id: decodeURIComponent(id) });
  if (!about.success || !(await mayConvene(municipality, viewer, about.data))) notFound();
  const [t, locale, subject] = await Promise.all([
    getTranslations("meetings"),
    getLocale(),
    meetingSubject(municipality, about.data),
  ]);
  if (!subject) notFound();
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/meetings", params: { municipality: municipality.slug } },
            label: t("title"),
          },
          { href: subject.href, label: subject.title },
        ]}
      />
      <PageHeading title={t("convene")} lead={t("conveneLead", { subject: subject.title })} />
      <ConveneForm about={about.data} command={randomUUID()} language={locale} />
    </>
  );
}
