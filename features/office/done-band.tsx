import { getLocale, getTranslations } from "next-intl/server";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { type StepName, stepName } from "@/features/workflow/rules";
import { currentViewer } from "@/lib/auth";
import { holdsOffice } from "@/lib/permissions";
import { lastDone } from "./done-service";
import { PutAwayButton } from "./put-away-button";
import { queryOf, readQueue } from "./queue";
import { dutyAfter } from "./queue-queries";
import { WaitingLink } from "./waiting-link";

/** What somebody in office has just done and what comes next in the queue they came from; it stays until it is put away. */
export async function DoneBand({ municipality }: { municipality: { slug: string; istatCode: string } }) {
  const { slug, istatCode } = municipality;
  const viewer = await currentViewer();
  if (!viewer || !holdsOffice(viewer, istatCode)) return null;
  const done = await lastDone(viewer, istatCode);
  if (!done) return null;
  const locale = await getLocale();
  const filter = readQueue(done.queue, locale);
  const [t, names, next] = await Promise.all([
    getTranslations("office.done"),
    getTranslations("workflow.steps"),
    dutyAfter(istatCode, viewer, { queue: filter, done }),
  ]);
  const step = stepName(names, done.transaction as StepName);
  return (
    <div className="mx-auto w-full max-w-page px-4 pt-4 print:hidden">
      <Notice
        tone="success"
        live="status"
        title={
          done.acts > 1
            ? t("several", { count: done.acts })
            : t("one", { step, hasTitle: done.title ? "yes" : "no", title: done.title })
        }
      >
        {next ? (
          <p>
            {t("next")} {stepName(names, next.transaction)} –{" "}
            <WaitingLink municipality={slug} item={next} queue={done.queue} />{" "}
            <span aria-hidden="true">→</span>
          </p>
        ) : (
          <p>{t("noNext")}</p>
        )}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <TextLink
            href={{
              pathname: "/[municipality]/office",
              params: { municipality: slug },
              query: queryOf(filter, locale),
            }}
            className="inline-flex min-h-11 items-center"
          >
            {t("queue")}
          </TextLink>
          <PutAwayButton>{t("putAway")}</PutAwayButton>
        </div>
      </Notice>
    </div>
  );
}
