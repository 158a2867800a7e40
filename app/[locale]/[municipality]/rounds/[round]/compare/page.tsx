import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { CommonsPicture } from "@/components/pictures/commons-picture";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/field";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { ProjectPlace } from "@/features/ballots/project-facts";
import { requireMunicipality } from "@/features/municipalities/queries";
import { type RoundProjectView, roundBySlug } from "@/features/rounds/queries";
import { formatNumber, formatShare } from "@/lib/format";
import { getPathname } from "@/lib/language/navigation";

type Props = PageProps<"/[locale]/[municipality]/rounds/[round]/compare">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { municipality, round } = await params;
  const found = await roundBySlug((await requireMunicipality(municipality)).istatCode, round);
  return found ? { title: `${(await getTranslations("rounds.compare"))("title")}: ${found.title}` } : {};
}

/** Two projects of a ballot side by side. Which two are looked at is no vote: it stands in the address. */
export default async function ComparePage({ params, searchParams }: Props) {
  const { municipality: slug, round: roundSlug } = await params;
  const { primo, secondo } = await searchParams;
  const municipality = await requireMunicipality(slug);
  const round = await roundBySlug(municipality.istatCode, roundSlug);
  if (!round) notFound();
  const [t, rounds, table, locale] = await Promise.all([
    getTranslations("rounds.compare"),
    getTranslations("rounds"),
    getTranslations("rounds.table"),
    getLocale(),
  ]);
  const numbered = (number: unknown) =>
    round.projectViews.find((project) => String(project.number) === number);
  const chosen = [numbered(primo), numbered(secondo)];
  const pair = chosen.filter((project) => project !== undefined);
  const here = { municipality: slug, round: roundSlug };
  const isOpen = round.state === "open" && round.closesAt > new Date();
  const rows: { label: string; of: (project: RoundProjectView) => React.ReactNode }[] = [
    { label: t("idea"), of: ({ summary }) => summary },
    { label: table("cost"), of: ({ costCents }) => <Money cents={costCents} /> },
    {
      label: t("share"),
      of: ({ costCents }) =>
        formatShare(Math.round((costCents / Number(round.budgetCents)) * 10_000), locale),
    },
    { label: table("place"), of: (project) => <ProjectPlace project={project} /> },
    {
      label: table("score"),
      of: ({ score }) => (score === null ? "–" : formatNumber(score / 100, locale)),
    },
  ];
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/rounds/[round]", params: here },
            label: round.title,
            written: true,
          },
        ]}
      />
      <PageHeading
        title={t("title")}
        lead={t("lead")}
        actions={
          isOpen && (
            <ButtonLink
              icon="ballot"
              href={{ pathname: "/[municipality]/rounds/[round]/vote", params: here }}
            >
              {rounds("backToBallot")}
            </ButtonLink>
          )
        }
      />
      <div className="space-y-8">
        {pair.length === 2 && (
          <table className="w-full max-w-page table-fixed border-collapse text-base">
            <caption className="sr-only">{t("title")}</caption>
            <thead>
              <tr className="border-control border-b-2 align-top">
                {pair.map((project) => (
                  <th key={project.number} scope="col" className="space-y-2 p-2 text-left">
                    <CommonsPicture
                      municipality={slug}
                      picture={project.picture}
                      kind={project.kind}
                      seed={project.commons}
                    />
                    <span className="block break-words text-lg">
                      {project.number}. {project.title}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            {rows.map(({ label, of }) => (
              <tbody key={label} className="border-line border-b">
                <tr>
                  <th scope="rowgroup" colSpan={2} className="px-2 pt-3 text-left font-semibold">
                    {label}
                  </th>
                </tr>
                <tr className="align-top">
                  {pair.map((project) => (
                    <td key={project.number} className="break-words px-2 pt-1 pb-3">
                      {of(project)}
                    </td>
                  ))}
                </tr>
              </tbody>
            ))}
            <tfoot>
              <tr>
                {pair.map((project) => (
                  <td key={project.number} className="p-2">
                    <TextLink
                      className="inline-flex min-h-11 items-center"
                      href={{
                        pathname: "/[municipality]/commons/[commons]",
                        params: { municipality: slug, commons: project.commonsSlug },
                        query: isOpen ? { scheda: roundSlug } : {},
                      }}
                    >
                      <span>
                        {t("read")}
                        <span className="sr-only">: {project.title}</span>
                      </span>
                    </TextLink>
                  </td>
                ))}
              </tr>
            </tfoot>
          </table>
        )}
        <section className="max-w-form space-y-4 print:hidden">
          <h2>{t("pick")}</h2>
          <form
            action={getPathname({
              locale,
              href: { pathname: "/[municipality]/rounds/[round]/compare", params: here },
            })}
            className="grid items-end gap-4 sm:grid-cols-2"
          >
            {(["primo", "secondo"] as const).map((name, index) => (
              <div key={name} className="space-y-1.5">
                <label htmlFor={name} className="block font-semibold">
                  {index === 0 ? t("first") : t("second")}
                </label>
                <select
                  id={name}
                  name={name}
                  defaultValue={chosen[index]?.number ?? round.projectViews[index]?.number}
                  className={controlClass}
                >
                  {round.projectViews.map(({ number, title }) => (
                    <option key={number} value={number}>
                      {number}. {title}
                    </option>
                  ))}
                </select>
              </div>
            ))}
            <Button type="submit" icon="scale">
              {t("show")}
            </Button>
          </form>
        </section>
      </div>
    </>
  );
}
