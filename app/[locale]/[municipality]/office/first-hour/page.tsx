import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Checklist } from "@/features/first-hour/checklist";
import { MailTest } from "@/features/first-hour/mail-test";
import { firstHourOf } from "@/features/first-hour/queries";
import { Readiness } from "@/features/first-hour/readiness";
import { lastSignInCheck } from "@/features/first-hour/sign-in-queries";
import { SignInTest } from "@/features/first-hour/sign-in-test";
import { requireMunicipality } from "@/features/municipalities/queries";
import { lastTestMail } from "@/features/notifications/test-mail-queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/first-hour">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("firstHour"))("title"), robots: { index: false } };
}

/** What a new Comune has and what it lacks, for whoever sets it up. */
export default async function FirstHourPage({ params }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "site:manage")) notFound();
  const [t, firstHour, mail, signIn] = await Promise.all([
    getTranslations("firstHour"),
    firstHourOf({ istatCode, slug }),
    lastTestMail(istatCode, viewer),
    lastSignInCheck(istatCode),
  ]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("title")} lead={t("lead")} />
      <div className="space-y-10">
        <Readiness facts={firstHour.facts} />
        <Checklist municipality={{ istatCode, slug }} viewer={viewer} firstHour={firstHour} />
        <SignInTest last={signIn} />
        <MailTest municipality={slug} mode={firstHour.mailMode} {...mail} />
      </div>
    </>
  );
}
