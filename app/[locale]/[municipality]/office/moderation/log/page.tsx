import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Pagination } from "@/components/ui/pagination";
import { LogTable } from "@/features/comments/log-table";
import { moderationLog } from "@/features/comments/moderation-queries";
import { listSchema } from "@/features/comments/schema";
import { requireMunicipality } from "@/features/municipalities/queries";
import { can } from "@/lib/permissions";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/moderation/log">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("comments.log"))("title"), robots: { index: false } };
}

/** Everything that was done about reported comments, for guarantors. */
export default async function ModerationLogPage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  if (!can(viewer, istatCode, "comments:inspect")) notFound();
  const { pagina } = listSchema.parse(await searchParams);
  const [t, moderation, { entries, pages }] = await Promise.all([
    getTranslations("comments.log"),
    getTranslations("comments.moderation"),
    moderationLog(istatCode, pagina),
  ]);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/office/moderation", params: { municipality: slug } },
            label: moderation("title"),
          },
        ]}
      />
      <PageHeading title={t("title")} lead={t("lead")} />
      <LogTable municipality={slug} entries={entries} />
      <Pagination
        page={Math.min(pagina, pages)}
        pages={pages}
        hrefOf={(page) => ({
          pathname: "/[municipality]/office/moderation/log",
          params: { municipality: slug },
          query: { pagina: page },
        })}
      />
    </>
  );
}
