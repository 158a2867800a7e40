import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { InstantText } from "@/components/ui/date-text";
import { ProfileForm } from "@/features/municipalities/profile-form";
import { profileAuthor, profileOf } from "@/features/municipalities/profile-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeBreadcrumb } from "@/features/office/office-breadcrumb";
import { EmblemForm } from "@/features/pictures/emblem-form";
import { emblemOf } from "@/features/pictures/emblem-queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("profile"), robots: { index: false } };
}

export default async function ProfilePage({ params }: PageProps<"/[locale]/[municipality]/office/profile">) {
  const municipality = await requireMunicipality((await params).municipality);
  const { slug, istatCode } = municipality;
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "site:manage")) notFound();
  const [office, t, profile, author, emblem] = await Promise.all([
    getTranslations("office"),
    getTranslations("profile"),
    profileOf(istatCode),
    profileAuthor(istatCode),
    emblemOf(municipality),
  ]);
  return (
    <>
      <OfficeBreadcrumb municipality={slug} />
      <PageHeading title={office("profile")} lead={t("lead")} />
      {profile && (
        <p className="mb-6">
          {t("changed", { name: author || t("somebody") })}, <InstantText value={profile.changedAt} />.
        </p>
      )}
      <div className="space-y-10">
        <ProfileForm profile={profile} />
        <EmblemForm emblem={emblem} />
      </div>
    </>
  );
}
