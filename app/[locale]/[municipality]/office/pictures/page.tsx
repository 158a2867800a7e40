import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { FieldsForm } from "@/components/ui/fields-form";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { keepPicture } from "@/features/pictures/actions";
import { AddPictureForm } from "@/features/pictures/add-form";
import { Gallery, PictureFigure } from "@/features/pictures/gallery";
import { picturesOf, waitingReports } from "@/features/pictures/queries";
import { formatInstant } from "@/lib/format";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("pictures.office"))("title"), robots: { index: false } };
}

/** Photographs that somebody has reported, and the one of the Comune's first page. */
export default async function OfficePicturesPage({
  params,
}: PageProps<"/[locale]/[municipality]/office/pictures">) {
  const { slug, istatCode, name } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "pictures:moderate")) notFound();
  const t = await getTranslations("pictures");
  const locale = await getLocale();
  const [reports, own] = await Promise.all([
    waitingReports(istatCode, viewer),
    picturesOf(istatCode, { type: "municipality", id: istatCode }, viewer),
  ]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={t("office.title")} lead={t("office.lead")} />
      <div className="space-y-12">
        <section aria-labelledby="reports" className="space-y-4">
          <h2 id="reports">{t("office.reports")}</h2>
          {reports.length === 0 ? (
            <EmptyState icon="check-circle" title={t("office.noReports")} />
          ) : (
            <ul className="space-y-10">
              {reports.map(({ id, picture, reason, text, createdAt }) => (
                <li key={id} className="grid gap-6 md:grid-cols-2">
                  <PictureFigure
                    municipality={slug}
                    picture={picture}
                    sizes="(min-width: 768px) 50vw, 100vw"
                  />
                  <div className="space-y-3">
                    <p className="font-semibold">{t(`reasons.${reason}` as "reasons.other")}</p>
                    {text && <p className="whitespace-pre-line">{text}</p>}
                    <p className="text-base text-ink-soft">
                      {t("office.reportedOn", { date: formatInstant(createdAt, locale) })}
                    </p>
                    <p>
                      <TextLink
                        href={{
                          pathname: "/[municipality]/pictures/[picture]",
                          params: { municipality: slug, picture: picture.id },
                        }}
                      >
                        {t("office.removeIt")}
                      </TextLink>
                    </p>
                    {picture.own ? (
                      <p>{t("office.ownPicture")}</p>
                    ) : (
                      <FieldsForm
                        id={`keep-${id}`}
                        action={keepPicture}
                        hidden={{ pictureReport: id }}
                        fields={[
                          { kind: "text", name: "answer", label: t("keep.answer"), hint: t("keep.hint") },
                        ]}
                        submitLabel={t("keep.submit")}
                        look="secondary"
                      />
                    )}
                  </div>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section aria-labelledby="own" className="space-y-4">
          <h2 id="own">{t("office.own")}</h2>
          <p className="max-w-text">{t("office.ownText")}</p>
          {own.length > 0 && <Gallery municipality={slug} pictures={own} />}
          <h3 className="pt-4 text-lg">{t("add.title")}</h3>
          <AddPictureForm
            targets={[{ value: `municipality:${istatCode}`, label: name }]}
            author={viewer.name}
          />
        </section>
      </div>
    </>
  );
}
