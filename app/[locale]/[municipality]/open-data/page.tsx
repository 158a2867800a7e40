import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { PlainLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { requireMunicipality } from "@/features/municipalities/queries";
import { DatasetList } from "@/features/open-data/dataset-list";
import { datasetsOf } from "@/features/open-data/dataset-queries";
import { TRIAL_PREFIX } from "@/features/open-data/ocds/process";
import { ocdsPrefix } from "@/features/open-data/ocds-queries";
import { pageMetadata } from "@/lib/page-metadata";

type Props = PageProps<"/[locale]/[municipality]/open-data">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, slug } = await requireMunicipality((await params).municipality);
  const t = await getTranslations("openData");
  return pageMetadata({
    href: { pathname: "/[municipality]/open-data", params: { municipality: slug } },
    title: `${t("title")} — ${name}`,
    description: t("lead"),
  });
}

export default async function OpenDataPage({ params }: Props) {
  const municipality = await requireMunicipality((await params).municipality);
  const [t, datasets] = await Promise.all([getTranslations("openData"), datasetsOf(municipality)]);
  const prefix = ocdsPrefix();
  const api = `/api/open-data/${municipality.slug}`;
  return (
    <>
      <PageHeading title={t("title")} lead={t("lead")} />
      <div className="space-y-8">
        <DatasetList municipality={municipality.slug} datasets={datasets} />
        {datasets.some(({ id }) => id === "contracting") && (
          <Notice title={t(prefix === TRIAL_PREFIX ? "trialPrefix" : "prefix", { prefix })}>
            <p>{t(prefix === TRIAL_PREFIX ? "trialPrefixText" : "prefixText")}</p>
          </Notice>
        )}
        <section aria-labelledby="programs" className="space-y-3 border-line border-t pt-6">
          <h2 id="programs">{t("programs")}</h2>
          <p className="max-w-text">{t("programsText")}</p>
          <ul className="space-y-2">
            {(["catalogue.ttl", "catalogue.jsonld", "openapi.json"] as const).map((file) => (
              <li key={file}>
                <PlainLink href={`${api}/${file}`} icon="download">
                  {t(`programFiles.${file.replace(".", "-") as "openapi-json"}`)}
                </PlainLink>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
