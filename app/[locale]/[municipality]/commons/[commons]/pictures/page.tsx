import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { EmptyState } from "@/components/ui/empty-state";
import { AddPictureForm } from "@/features/pictures/add-form";
import { Gallery } from "@/features/pictures/gallery";
import { picturesOfCommons } from "@/features/pictures/queries";
import { targetOptions } from "@/features/pictures/target-queries";
import { pageMetadata } from "@/lib/page-metadata";
import { requireCommons } from "../require-commons";

type Props = PageProps<"/[locale]/[municipality]/commons/[commons]/pictures">;

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { municipality, commons } = await requireCommons(props);
  const t = await getTranslations("pictures");
  const params = { municipality: municipality.slug, commons: commons.slug };
  return pageMetadata({
    href: { pathname: "/[municipality]/commons/[commons]/pictures", params },
    title: t("titleOf", { name: commons.name }),
  });
}

/** All photographs of a commons, and the form for whoever may add one. */
export default async function CommonsPicturesPage(props: Props) {
  const { municipality, viewer, commons } = await requireCommons(props);
  const { per } = await props.searchParams;
  const t = await getTranslations();
  const params = { municipality: municipality.slug };
  const [pictures, [first, ...others]] = await Promise.all([
    picturesOfCommons(municipality.istatCode, commons.id, viewer),
    targetOptions(municipality.istatCode, commons, viewer),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          { href: { pathname: "/[municipality]/commons", params }, label: t("commons.title") },
          {
            href: {
              pathname: "/[municipality]/commons/[commons]",
              params: { ...params, commons: commons.slug },
            },
            label: commons.name,
            written: true,
          },
        ]}
      />
      <PageHeading title={t("pictures.titleOf", { name: commons.name })} lead={t("pictures.lead")} />
      <div className="space-y-12">
        {pictures.length === 0 ? (
          <EmptyState icon="info" title={t("pictures.none")}>
            {t("pictures.noneText")}
          </EmptyState>
        ) : (
          <Gallery municipality={municipality.slug} pictures={pictures} />
        )}
        {viewer && first && (
          <section aria-labelledby="add" className="space-y-4 print:hidden">
            <h2 id="add">{t("pictures.add.title")}</h2>
            <p className="max-w-text">{t("pictures.add.lead")}</p>
            <AddPictureForm
              targets={[first, ...others]}
              {...(typeof per === "string" && { chosen: per })}
              author={viewer.name}
            />
          </section>
        )}
      </div>
    </>
  );
}
