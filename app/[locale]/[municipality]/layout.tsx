import { Footer } from "@/components/layout/footer";
import { Forms } from "@/components/layout/forms";
import { Header } from "@/components/layout/header";
import { ledgerKind } from "@/features/health/queries";
import { DemoNotice } from "@/features/municipalities/demo-notice";
import { isDemonstration, requireMunicipality } from "@/features/municipalities/queries";
import { headerViewer } from "@/features/people/queries";

export default async function MunicipalityLayout({
  children,
  params,
}: LayoutProps<"/[locale]/[municipality]">) {
  const municipality = await requireMunicipality((await params).municipality);
  const [viewer, demo, ledger] = await Promise.all([
    headerViewer(municipality.istatCode),
    isDemonstration(municipality.istatCode),
    ledgerKind(),
  ]);
  return (
    <>
      <Header municipality={municipality} viewer={viewer} />
      {demo && <DemoNotice />}
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page grow px-4 py-8">
        <Forms>{children}</Forms>
      </main>
      <Footer ledger={ledger} />
    </>
  );
}
