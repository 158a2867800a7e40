import { Footer } from "@/components/layout/footer";
import { Header } from "@/components/layout/header";
import { NotFound, notFoundMetadata } from "@/components/layout/not-found";
import { ledgerKind } from "@/features/health/queries";
import { nameOfInactive } from "@/features/municipalities/queries";
import { headerViewer } from "@/features/people/queries";
import { municipalityOfPath } from "@/lib/request-path";

export const generateMetadata = notFoundMetadata;

/** For an address whose first part is no municipality: that municipality's layout was not drawn. */
export default async function NotFoundPage() {
  const slug = await municipalityOfPath();
  const inactive = slug && (await nameOfInactive(slug));
  return (
    <>
      <Header viewer={await headerViewer(undefined)} />
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page grow px-4 py-8">
        <NotFound {...(inactive && { inactive })} />
      </main>
      <Footer ledger={await ledgerKind()} />
    </>
  );
}
