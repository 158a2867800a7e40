import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { requireMunicipality } from "@/features/municipalities/queries";
import { transactionOfPath } from "@/features/office/duty-path";
import { dutyRevisions } from "@/features/office/duty-service";
import { DutySheet } from "@/features/office/duty-sheet";
import { queryOf, readQueue } from "@/features/office/queue";
import { colleaguesFor, dutyOf, historyOf } from "@/features/office/queue-queries";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office/duties/[transaction]/[record]">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.duty"))("title"), robots: { index: false } };
}

/** One step of the queue: who does it, under which number, and what was changed about that. */
export default async function DutyPage({ params, searchParams }: Props) {
  const { municipality: path, transaction: part, record: encoded } = await params;
  const { slug, istatCode } = await requireMunicipality(path);
  const viewer = await requireOfficial(istatCode);
  const [t, office, locale, { coda }] = await Promise.all([
    getTranslations("office.duty"),
    getTranslations("office"),
    getLocale(),
    searchParams,
  ]);
  const transaction = transactionOfPath(decodeURIComponent(part)) ?? notFound();
  const of = { transaction, record: decodeURIComponent(encoded) };
  const queue = typeof coda === "string" ? coda.slice(0, 500) : "";
  const toQueue = {
    pathname: "/[municipality]/office" as const,
    params: { municipality: slug },
    query: queryOf(readQueue(queue, locale), locale),
  };
  const found = await dutyOf(istatCode, viewer, of);
  const breadcrumb = <Breadcrumb items={[{ href: toQueue, label: office("title") }]} />;
  if (!found)
    return (
      <>
        {breadcrumb}
        <PageHeading title={t("title")} />
        <EmptyState
          icon="check-circle"
          title={t("gone")}
          action={<TextLink href={toQueue}>{office("done.queue")}</TextLink>}
        >
          {t("goneText")}
        </EmptyState>
      </>
    );
  const [people, history, revisions] = await Promise.all([
    colleaguesFor(istatCode, of),
    historyOf(istatCode, of),
    dutyRevisions(istatCode, of),
  ]);
  return (
    <>
      {breadcrumb}
      <PageHeading title={found.item.title} />
      <DutySheet
        municipality={slug}
        viewer={viewer.id}
        queue={queue}
        of={of}
        {...{ ...found, people, history, revisions }}
      />
    </>
  );
}
