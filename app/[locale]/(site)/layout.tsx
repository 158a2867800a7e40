import { Footer } from "@/components/layout/footer";
import { Forms } from "@/components/layout/forms";
import { Header } from "@/components/layout/header";
import { SectionBreadcrumb } from "@/components/layout/section-breadcrumb";
import { ledgerKind } from "@/features/health/queries";
import { headerViewer } from "@/features/people/queries";

/** Pages that belong to no municipality. */
export default async function SiteLayout({ children }: LayoutProps<"/[locale]">) {
  return (
    <>
      <Header viewer={await headerViewer(undefined)} />
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page grow px-4 py-8">
        <SectionBreadcrumb />
        <Forms>{children}</Forms>
      </main>
      <Footer ledger={await ledgerKind()} />
    </>
  );
}
