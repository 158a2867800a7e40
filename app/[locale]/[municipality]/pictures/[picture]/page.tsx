import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { plainVariant, sharedPicture, variantPath } from "@/components/pictures/picture";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DefinitionList } from "@/components/ui/definition-list";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { requireMunicipality } from "@/features/municipalities/queries";
import { PictureTasks } from "@/features/pictures/picture-tasks";
import { consentOf, pictureById, placeOfPicture } from "@/features/pictures/queries";
import { type License, licenseAddresses } from "@/features/pictures/rules";
import { currentViewer } from "@/lib/auth";
import { formatDate } from "@/lib/format";
import { pageMetadata } from "@/lib/page-metadata";
import { requestedPath } from "@/lib/request-path";

type Props = PageProps<"/[locale]/[municipality]/pictures/[picture]">;

async function requirePicture({ params }: Props) {
  const { municipality: path, picture: id } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await currentViewer();
  const picture = (await pictureById(municipality.istatCode, id, viewer)) ?? notFound();
  return { municipality, viewer, picture };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { municipality, picture } = await requirePicture(props);
  const t = await getTranslations("pictures");
  if ("removedFor" in picture) return { title: t("removed.title"), robots: { index: false } };
  const params = { municipality: municipality.slug, picture: picture.id };
  return pageMetadata({
    href: { pathname: "/[municipality]/pictures/[picture]", params },
    title: t("one"),
    description: picture.alternativeText,
    picture: sharedPicture(municipality.slug, picture),
  });
}

/** One photograph, large, with who took it, when and under which licence; what can be done about it. */
export default async function PicturePage(props: Props) {
  const { municipality, viewer, picture } = await requirePicture(props);
  const { nuova } = await props.searchParams;
  const t = await getTranslations("pictures");
  const locale = await getLocale();
  if ("removedFor" in picture)
    return (
      <>
        <PageHeading title={t("removed.title")} />
        <p className="max-w-text">
          {t(`removed.for.${picture.removedFor}` as "removed.for.other")} {t("removed.text")}
        </p>
      </>
    );
  const place = await placeOfPicture(municipality, picture);
  const whole = plainVariant(picture.variants, "whole");
  const about = await consentOf(municipality.istatCode, picture.id, viewer);
  const language = locale === "it" ? undefined : "it";
  return (
    <>
      {place && <Breadcrumb items={[{ href: place.href, label: place.name, written: true }]} />}
      <PageHeading title={place ? t("titleOf", { name: place.name }) : t("one")} />
      <div className="space-y-10">
        {nuova === "1" && picture.own && (
          <Notice tone="success" title={t("add.done")}>
            {t("add.doneText")}
          </Notice>
        )}
        {whole && (
          <figure className="space-y-3">
            <picture className="block">
              <img
                src={variantPath(municipality.slug, whole)}
                width={whole.width}
                height={whole.height}
                alt={picture.alternativeText}
                lang={language}
                className="h-auto max-h-160 w-auto max-w-full rounded-smooth border border-line"
              />
            </picture>
            <figcaption className="max-w-text" lang={language}>
              {picture.alternativeText}
            </figcaption>
          </figure>
        )}
        <DefinitionList
          items={[
            { term: t("fields.author"), description: picture.author },
            { term: t("fields.takenOn"), description: formatDate(picture.takenOn, locale) },
            {
              term: t("fields.license"),
              description: (
                <PlainLink href={licenseAddresses[picture.license as License]}>
                  {t(`fields.licenses.${picture.license.replaceAll(".", "_")}` as "fields.licenses.CC0-1_0")}
                </PlainLink>
              ),
            },
            ...(picture.moment ? [{ term: t("moment"), description: t(`moments.${picture.moment}`) }] : []),
            ...(about?.consent ? [{ term: t("consentKept"), description: about.consent }] : []),
          ]}
        />
        <PictureTasks
          municipality={municipality}
          picture={picture}
          viewer={viewer}
          about={about}
          command={randomUUID()}
        />
        {!viewer && (
          <p className="max-w-text">
            {t("report.signIn")}{" "}
            <TextLink href={{ pathname: "/sign-in", query: { da: await requestedPath() } }}>
              {t("report.signInLink")}
            </TextLink>
          </p>
        )}
      </div>
    </>
  );
}
