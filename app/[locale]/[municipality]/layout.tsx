import { Footer } from "@/components/layout/footer";
import { Header } from "@/components/layout/header";
import { ledgerKind } from "@/features/health/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { headerViewer } from "@/features/people/queries";

export default async function MunicipalityLayout({
  children,
  params,
}: LayoutProps<"/[locale]/[municipality]">) {
  const municipality = await requireMunicipality((await params).municipality);
  return (
    <>
      <Header municipality={municipality} viewer={await headerViewer(municipality.istatCode)} />
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page grow px-4 py-8">
        {children}
      </main>
      <Footer ledger={await ledgerKind()} />
    </>
  );
}
