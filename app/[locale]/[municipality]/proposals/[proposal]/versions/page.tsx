import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { InstantText } from "@/components/ui/date-text";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { CoAuthorNames } from "@/features/proposals/co-author-names";
import { DossierText } from "@/features/proposals/dossier-text";
import { VersionDifferences } from "@/features/proposals/version-differences";
import { versionsOfProposal } from "@/features/proposals/versions-queries";

type Props = PageProps<"/[locale]/[municipality]/proposals/[proposal]/versions">;

const askedSchema = z.object({
  versione: z.coerce.number().int().min(1).max(1000).optional().catch(undefined),
  vista: z.enum(["differenze", "testo"]).catch("differenze"),
});

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { subject } = await requireVersions(props);
  const t = await getTranslations("proposals.versions");
  return { title: t("titleOf", { title: subject.title }) };
}

/** Every version of a published proposal, whole or as what changed since the one before. */
export default async function VersionsPage(props: Props) {
  const { municipality, subject, versions } = await requireVersions(props);
  const asked = askedSchema.parse(await props.searchParams);
  const t = await getTranslations("proposals.versions");
  const shown = versions.find(({ version }) => version === asked.versione) ?? versions[0];
  if (!shown) notFound();
  const before = versions.find(({ version }) => version < shown.version);
  const isText = asked.vista === "testo" || !before;
  const at = (version: number, vista: "differenze" | "testo") => ({
    pathname: "/[municipality]/proposals/[proposal]/versions" as const,
    params: { municipality: municipality.slug, proposal: subject.id },
    query: { versione: version, vista },
  });
  return (
    <>
      <Breadcrumb items={[{ href: subject.href, label: subject.title, written: true }]} />
      <PageHeading title={<Italian>{subject.title}</Italian>} lead={t("lead", { count: versions.length })} />
      <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-labelledby="shown" className="max-w-text space-y-4">
          <h2 id="shown">{t("version", { number: shown.version })}</h2>
          <p className="empty:hidden">
            <CoAuthorNames {...shown.coAuthors} />
          </p>
          {before && (
            <p>
              <TextLink href={at(shown.version, isText ? "differenze" : "testo")}>
                {isText ? t("toDifferences", { number: before.version }) : t("toText")}
              </TextLink>
            </p>
          )}
          {isText || !before ? (
            <DossierText answers={shown.answers} level={3} />
          ) : (
            <VersionDifferences before={before} after={shown} />
          )}
        </section>
        <nav aria-labelledby="all-versions" className="space-y-2 lg:order-last">
          <h2 id="all-versions" className="text-lg">
            {t("all")}
          </h2>
          <ol className="divide-y divide-line border-line border-y">
            {versions.map(({ version, submittedAt }) => (
              <li key={version} className="py-2 text-base">
                <TextLink
                  href={at(version, "differenze")}
                  aria-current={version === shown.version ? "true" : undefined}
                  className={version === shown.version ? "font-semibold" : ""}
                >
                  {t("version", { number: version })}
                </TextLink>{" "}
                <span className="text-ink-soft">
                  <InstantText value={submittedAt} />
                </span>
              </li>
            ))}
          </ol>
        </nav>
      </div>
    </>
  );
}

async function requireVersions({ params }: Props) {
  const { municipality: slug, proposal } = await params;
  const municipality = await requireMunicipality(slug);
  const found = await versionsOfProposal(municipality, decodeURIComponent(proposal));
  return found ? { municipality, ...found } : notFound();
}
