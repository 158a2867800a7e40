import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { OwnActs } from "@/features/acts/own-acts";
import { ACTS_ON_A_PAGE, namesOfActs, ownActs } from "@/features/acts/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OwnDutyChanges } from "@/features/office/own-duty-changes";
import { ownDutyChanges } from "@/features/office/queue-queries";
import { signsSomething } from "@/features/passkeys/queries";
import { MineSections } from "@/features/people/mine-sections";
import { holdsOffice } from "@/lib/permissions";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/mine/acts">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signing"))("ownTitle"), robots: { index: false } };
}

/** Every act that the ledger has in a person's name, so that they see one that they did not make. */
export default async function OwnActsPage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const t = await getTranslations("signing");
  const page = Math.max(1, Number((await searchParams).pagina) || 1);
  const [{ acts, count }, keys] = await Promise.all([
    ownActs(istatCode, viewer, Math.min(page, 100_000)),
    signsSomething(istatCode, viewer),
  ]);
  const [names, changes] = await Promise.all([
    namesOfActs(istatCode, acts),
    holdsOffice(viewer, istatCode) ? ownDutyChanges(istatCode, viewer) : [],
  ]);
  return (
    <>
      <PageHeading title={t("ownTitle")} lead={t("ownLead")} />
      <MineSections municipality={slug} current="acts" keys={keys} />
      {acts.length === 0 ? (
        <EmptyState icon="check-circle" title={t("noOwn")} />
      ) : (
        <>
          <p className="mb-4">{t("ownCount", { count })}</p>
          <OwnActs municipality={slug} acts={acts} names={names} />
          <Pagination
            page={page}
            pages={Math.ceil(count / ACTS_ON_A_PAGE)}
            hrefOf={(pagina) => ({
              pathname: "/[municipality]/mine/acts",
              params: { municipality: slug },
              query: { pagina: String(pagina) },
            })}
          />
        </>
      )}
      <OwnDutyChanges changes={changes} />
    </>
  );
}
