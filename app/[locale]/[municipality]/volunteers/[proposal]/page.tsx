import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { EmptyState } from "@/components/ui/empty-state";
import { PlainLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { mayContact } from "@/features/volunteers/queries";
import { lookAtVolunteers } from "@/features/volunteers/service";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/volunteers/[proposal]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("volunteers"))("title"), robots: { index: false } };
}

/** People who offer time to a proposal and agreed to be contacted, for those who care for it: each look is noted. */
export default async function VolunteersPage({ params }: Props) {
  const { municipality: path, proposal } = await params;
  const { slug, istatCode } = await requireMunicipality(path);
  const viewer = await requireViewer();
  if (!(await mayContact(istatCode, viewer, proposal))) notFound();
  const [t, mine, volunteers] = await Promise.all([
    getTranslations("volunteers"),
    getTranslations("mine"),
    lookAtVolunteers(viewer, istatCode, proposal),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/mine", params: { municipality: slug } },
            label: mine("title"),
          },
        ]}
      />
      <PageHeading title={t("title")} lead={t("lead")} />
      {volunteers.length === 0 ? (
        <EmptyState icon="people" title={t("none")}>
          {t("noneText")}
        </EmptyState>
      ) : (
        <ul className="max-w-form divide-y divide-line border-line border-y">
          {volunteers.map(({ name, channel, contact }) => (
            <li key={`${name} ${contact}`} className="flex flex-wrap justify-between gap-x-4 py-3">
              <strong>{name}</strong>
              <PlainLink
                href={channel === "email" ? `mailto:${contact}` : `tel:${contact.replace(/[^+\d]/g, "")}`}
              >
                {contact}
              </PlainLink>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
