import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { uploadOutcome } from "@/features/documents/upload-outcome";
import { MapDraft } from "@/features/maps/map-draft";
import { MapFileForm } from "@/features/maps/map-file-form";
import { MapInForce } from "@/features/maps/map-in-force";
import { mapDraftOf, mapInForce } from "@/features/maps/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { getPathname } from "@/lib/language/navigation";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/map">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("map"), robots: { index: false } };
}

/** Outlines and background of the Comune's maps: read from a file, looked at, and only then shown to everybody. */
export default async function MapPage({ params, searchParams }: Props) {
  const { slug, istatCode, name } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "site:manage")) notFound();
  const [office, t, locale, draft, map, outcome] = await Promise.all([
    getTranslations("office"),
    getTranslations("map"),
    getLocale(),
    mapDraftOf(istatCode, viewer),
    mapInForce(istatCode),
    uploadOutcome(await searchParams),
  ]);
  const here = getPathname({
    locale,
    href: { pathname: "/[municipality]/office/map", params: { municipality: slug } },
  });
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("map")} lead={t("lead")} />
      <ClientMessages namespaces={["map"]}>
        <div className="space-y-10">
          {draft && <MapDraft municipality={name} draft={draft} />}
          <MapInForce map={map} />
          <section aria-labelledby="new" className="space-y-4">
            <h2 id="new">{t("new")}</h2>
            <p className="max-w-text">{t("newText")}</p>
            <ul className="max-w-text list-disc space-y-1 pl-6">
              {(["istat", "geojson", "pmtiles"] as const).map((form) => (
                <li key={form}>{t(`forms.${form}`)}</li>
              ))}
            </ul>
            <MapFileForm
              action={`/api/uploads/${slug}/map?ritorno=${encodeURIComponent(here)}`}
              failure={outcome && !outcome.ok ? outcome.sentence : undefined}
            />
          </section>
        </div>
      </ClientMessages>
    </>
  );
}
