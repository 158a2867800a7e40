import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { PrintButton } from "@/components/ui/print-button";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficesTable } from "@/features/register/offices-table";
import { originsOf } from "@/features/register/origin-queries";
import { OriginsList } from "@/features/register/origins-list";
import { isFounded, officesIn } from "@/features/register/queries";
import { Recoveries } from "@/features/register/recoveries";
import { recoveriesIn } from "@/features/register/recovery-queries";
import { stuckIn } from "@/features/register/stuck-queries";
import { StuckCounts } from "@/features/register/stuck-view";
import { currentViewer } from "@/lib/auth";
import { holdsOffice } from "@/lib/permissions";

type Props = PageProps<"/[locale]/[municipality]/register">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("register");
  return { title: `${t("title")} — ${name}`, description: t("lead") };
}

/** Who held which office when, for everybody; proposals that nobody has confirmed are not there. */
export default async function RegisterPage({ params, searchParams }: Props) {
  const { istatCode, slug } = await requireMunicipality((await params).municipality);
  const { ordina, verso } = await searchParams;
  const [t, founded, { offices }, stuck, recoveries, origins, viewer] = await Promise.all([
    getTranslations("register"),
    isFounded(istatCode),
    officesIn({ istatCode, slug }),
    stuckIn(istatCode),
    recoveriesIn({ istatCode, slug }),
    originsOf({ istatCode, slug }),
    currentViewer(),
  ]);
  const confirmed = offices.filter(({ confirmedOn }) => confirmedOn !== undefined);
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} actions={<PrintButton />} />
      <div className="space-y-10">
        {founded ? (
          <OfficesTable
            municipality={slug}
            offices={confirmed}
            sort={{
              column: typeof ordina === "string" ? ordina : "from",
              direction: verso === "ascending" ? "ascending" : "descending",
            }}
          />
        ) : (
          <EmptyState icon="people" title={t("notFounded")}>
            {t("notFoundedText")}
          </EmptyState>
        )}
        <section aria-labelledby="stuck" className="space-y-4">
          <h2 id="stuck">{t("stuck")}</h2>
          <StuckCounts {...stuck} />
        </section>
        {origins && (
          <section aria-labelledby="origins" className="space-y-4">
            <h2 id="origins">{t("origins.title")}</h2>
            <OriginsList {...origins} />
          </section>
        )}
        <section aria-labelledby="recovery" className="space-y-4">
          <h2 id="recovery">{t("recovery.title")}</h2>
          <p className="max-w-text">{t("recovery.lead")}</p>
          <Recoveries municipality={slug} recoveries={recoveries} mayStop={holdsOffice(viewer, istatCode)} />
        </section>
      </div>
    </>
  );
}
