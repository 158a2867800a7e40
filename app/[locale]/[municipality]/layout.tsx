import { Footer } from "@/components/layout/footer";
import { Forms } from "@/components/layout/forms";
import { Header } from "@/components/layout/header";
import { SectionBreadcrumb } from "@/components/layout/section-breadcrumb";
import { PageFeedback } from "@/features/feedback/page-feedback";
import { ledgerKind } from "@/features/health/queries";
import { profileOf } from "@/features/municipalities/profile-queries";
import { isDemonstration, requireMunicipality } from "@/features/municipalities/queries";
import { TrialNotice } from "@/features/municipalities/trial-notice";
import { DoneBand } from "@/features/office/done-band";
import { headerViewer } from "@/features/people/queries";
import { emblemOf } from "@/features/pictures/emblem-queries";
import { RecoveryBand } from "@/features/register/recovery-band";

export default async function MunicipalityLayout({
  children,
  params,
}: LayoutProps<"/[locale]/[municipality]">) {
  const municipality = await requireMunicipality((await params).municipality);
  const [viewer, demo, ledger, profile, emblem] = await Promise.all([
    headerViewer(municipality.istatCode),
    isDemonstration(municipality.istatCode),
    ledgerKind(),
    profileOf(municipality.istatCode),
    emblemOf(municipality),
  ]);
  return (
    <>
      <Header municipality={municipality} emblem={emblem} viewer={viewer} />
      {demo && <TrialNotice />}
      <DoneBand municipality={municipality} />
      {viewer?.official && <RecoveryBand municipality={municipality} />}
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page grow px-4 py-8">
        <SectionBreadcrumb municipality={municipality.slug} />
        <Forms>{children}</Forms>
      </main>
      <PageFeedback municipality={municipality.slug} />
      <Footer ledger={ledger} municipality={municipality} profile={profile} />
    </>
  );
}
