import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { PlainLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { PrintButton } from "@/components/ui/print-button";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeFilterBar } from "@/features/register/office-filter";
import { filterOffices, isInOffice, officeFilterOf, sortOffices } from "@/features/register/office-list";
import { OfficesTable } from "@/features/register/offices-table";
import { originsOf } from "@/features/register/origin-queries";
import { OriginsList } from "@/features/register/origins-list";
import { isFounded, officesIn } from "@/features/register/queries";
import { Recoveries } from "@/features/register/recoveries";
import { recoveriesIn } from "@/features/register/recovery-queries";
import { stuckIn } from "@/features/register/stuck-queries";
import { StuckCounts } from "@/features/register/stuck-view";
import { currentViewer } from "@/lib/auth";
import { getPathname } from "@/lib/language/navigation";
import { pageIn } from "@/lib/page-in";
import { holdsOffice } from "@/lib/permissions";

/** Offices on one page. */
const PAGE = 50;

type Props = PageProps<"/[locale]/[municipality]/register">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("register");
  return { title: `${t("title")} — ${name}`, description: t("lead") };
}

/** Who held which office when, for everybody; proposals that nobody has confirmed are not there. */
export default async function RegisterPage({ params, searchParams }: Props) {
  const { istatCode, slug } = await requireMunicipality((await params).municipality);
  const address = await searchParams;
  const [t, roles, locale, founded, { offices }, stuck, recoveries, origins, viewer] = await Promise.all([
    getTranslations("register"),
    getTranslations("roles"),
    getLocale(),
    isFounded(istatCode),
    officesIn({ istatCode, slug }),
    stuckIn(istatCode),
    recoveriesIn({ istatCode, slug }),
    originsOf({ istatCode, slug }),
    currentViewer(),
  ]);
  const confirmed = offices.filter(({ confirmedOn }) => confirmedOn !== undefined);
  const filter = officeFilterOf(address);
  const sort = {
    column: typeof address.ordina === "string" ? address.ordina : "from",
    direction: address.verso === "ascending" ? ("ascending" as const) : ("descending" as const),
  };
  const chosen = sortOffices(filterOffices(confirmed, filter), sort.column, sort.direction, ({ role }) =>
    roles(role),
  );
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
  const page = Math.min(pageIn(address.pagina), pages);
  const asked = Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const here = { pathname: "/[municipality]/register", params: { municipality: slug } } as const;
  const held = confirmed.filter(({ phase }) => isInOffice(phase)).length;
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} actions={<PrintButton />} />
      <nav aria-label={t("onThisPage")} className="mb-8 print:hidden">
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          <li>
            <PlainLink href="#stuck">{t("stuck")}</PlainLink>
          </li>
          {origins && (
            <li>
              <PlainLink href="#origins">{t("origins.title")}</PlainLink>
            </li>
          )}
          <li>
            <PlainLink href="#recovery">{t("recovery.title")}</PlainLink>
          </li>
        </ul>
      </nav>
      <div className="space-y-10">
        {founded ? (
          <section aria-labelledby="offices" className="space-y-4">
            <h2 id="offices">{t("heldToday", { count: held })}</h2>
            <OfficeFilterBar
              municipality={slug}
              action={getPathname({ locale, href: here })}
              filter={filter}
            />
            <OfficesTable
              municipality={slug}
              offices={chosen.slice((page - 1) * PAGE, page * PAGE)}
              sort={sort}
              query={asked}
            />
            <Pagination
              page={page}
              pages={pages}
              hrefOf={(to) => ({
                ...here,
                query: {
                  ...{ ...asked, ordina: sort.column, verso: sort.direction },
                  ...(to > 1 && { pagina: String(to) }),
                },
              })}
            />
          </section>
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
