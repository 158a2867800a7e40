import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { waitingActs } from "@/features/acts/queries";
import { WaitingActs } from "@/features/acts/waiting-acts";
import { requireMunicipality } from "@/features/municipalities/queries";
import { OfficeLinks } from "@/features/office/office-links";
import { ownWaiting } from "@/features/office/queries";
import { isNarrowed, queueOf } from "@/features/office/queue";
import { QueueFilter } from "@/features/office/queue-filter";
import { queueFor } from "@/features/office/queue-queries";
import { QueueTable } from "@/features/office/queue-table";
import { StoppedMoney } from "@/features/office/stopped-money";
import { stoppedMoney } from "@/features/office/stopped-queries";
import { stuckIn } from "@/features/register/stuck-queries";
import { StuckSteps } from "@/features/register/stuck-view";
import { roleFor } from "@/lib/permissions";
import { requestedPath } from "@/lib/request-path";
import { requireOfficial } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/office">;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office"))("title"), robots: { index: false } };
}

export default async function OfficePage({ params, searchParams }: Props) {
  const { slug, istatCode } = await requireMunicipality((await params).municipality);
  const viewer = await requireOfficial(istatCode);
  const filter = queueOf(await searchParams, await getLocale());
  const [t, register, roles, queue, own, acts, stuck, path] = await Promise.all([
    getTranslations("office"),
    getTranslations("register"),
    getTranslations("roles"),
    queueFor(istatCode, viewer, filter),
    ownWaiting(istatCode, viewer),
    waitingActs(istatCode, viewer),
    stuckIn(istatCode),
    requestedPath(),
  ]);
  const held = viewer.roles.filter(({ municipality }) => municipality === istatCode);
  // Whoever answers for others' money without a step of their own looks at where it waits.
  const watches = held.some(({ role }) => role === "councillor" || role === "giunta" || role === "guarantor");
  return (
    <>
      <PageHeading title={t("title")} lead={[...new Set(held.map(({ role }) => roles(role)))].join(", ")} />
      <div className="space-y-10">
        {own.items.length > 0 && (
          <Notice tone="warning" title={t("ownToo", { count: own.items.length })}>
            <p>
              <TextLink href={{ pathname: "/[municipality]/mine", params: { municipality: slug } }}>
                {t("seeOwn")}
              </TextLink>
            </p>
          </Notice>
        )}
        <WaitingActs municipality={slug} acts={acts} next={path} />
        <section aria-labelledby="waiting" className="space-y-4">
          <h2 id="waiting">{t("waiting")}</h2>
          {queue.whole > 0 ? (
            <>
              <p>
                {t("count", { count: queue.whole })}
                {queue.late > 0 && <strong>, {t("lateCount", { count: queue.late })}</strong>}.
                {isNarrowed(filter) && ` ${t("narrowed", { count: queue.count })}`}
              </p>
              <QueueFilter municipality={slug} filter={filter} districts={queue.districts} />
              {queue.count === 0 ? (
                <EmptyState icon="filter" title={t("noneFound")} />
              ) : (
                <QueueTable municipality={slug} queue={queue} filter={filter} />
              )}
            </>
          ) : (
            acts.length === 0 && <EmptyState icon="check-circle" title={t("nothing")} />
          )}
          <p>
            <TextLink href={{ pathname: "/[municipality]/mine/acts", params: { municipality: slug } }}>
              {t("whatIDid")}
            </TextLink>
          </p>
        </section>
        {stuck.items.length > 0 && (
          <section aria-labelledby="stuck" className="space-y-4">
            <h2 id="stuck">{register("stuck")}</h2>
            <p className="max-w-text">{register("stuckText")}</p>
            <StuckSteps
              municipality={slug}
              stuck={stuck}
              administers={roleFor(viewer, istatCode, "offices:propose")?.organisation}
            />
          </section>
        )}
        {watches && <StoppedMoney municipality={slug} stopped={await stoppedMoney(istatCode, 1)} />}
        <section aria-labelledby="elsewhere" className="space-y-4">
          <h2 id="elsewhere">{t("elsewhere")}</h2>
          <OfficeLinks municipality={{ slug, istatCode }} viewer={viewer} />
        </section>
      </div>
    </>
  );
}
