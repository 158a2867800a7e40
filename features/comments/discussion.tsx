import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { CommentForm, OfficeForm } from "./comment-form";
import { Comment, type CommentRights } from "./comment-view";
import { useOfficeName } from "./office-name";
import type { Discussion as Page, Thread } from "./queries";
import { type About, grounds } from "./rules";

/** A page of threads, and the form for the next one. */
export function Discussion({
  municipality,
  about,
  discussion,
  rights,
}: {
  municipality: string;
  about: About;
  discussion: Page;
  rights: CommentRights;
}) {
  const t = useTranslations("comments");
  const officeName = useOfficeName();
  return (
    <div className="space-y-6">
      {discussion.count === 0 && <p className="text-ink-soft">{t("none")}</p>}
      {discussion.threads.length > 0 && (
        <ol className="space-y-6">
          {discussion.threads.map((thread) => (
            <li key={thread.opening.id} className="space-y-4">
              <ThreadView municipality={municipality} thread={thread} rights={rights} />
            </li>
          ))}
        </ol>
      )}
      {rights.write && (
        <>
          <CommentForm about={about} />
          {rights.office && (
            <Disclosure icon="seal" label={t("writeForOffice")}>
              <OfficeForm about={about} office={officeName(rights.office)} />
            </Disclosure>
          )}
        </>
      )}
      <Disclosure quiet label={t("rules.title")}>
        <p>{t("rules.text")}</p>
        <ul className="list-disc space-y-1 py-2 pl-6">
          {grounds.map((ground) => (
            <li key={ground}>{t(`grounds.${ground}`)}</li>
          ))}
        </ul>
        <p>{t("rules.after")}</p>
      </Disclosure>
    </div>
  );
}

function ThreadView({
  municipality,
  thread: { opening, answers },
  rights,
}: {
  municipality: string;
  thread: Thread;
  rights: CommentRights;
}) {
  const t = useTranslations("comments");
  const rest = opening.replies - answers.length;
  return (
    <>
      <Comment municipality={municipality} comment={opening} rights={rights} />
      {answers.length > 0 && (
        <ol className="space-y-4 border-line border-l-2 pl-5">
          {answers.map((answer) => (
            <li key={answer.id}>
              <Comment municipality={municipality} comment={answer} rights={rights} />
            </li>
          ))}
          {rest > 0 && (
            <li>
              <TextLink
                href={{
                  pathname: "/[municipality]/comments/[comment]",
                  params: { municipality, comment: opening.id },
                }}
              >
                {t("moreAnswers", { count: rest })}
              </TextLink>
            </li>
          )}
        </ol>
      )}
    </>
  );
}
