import { randomUUID } from "node:crypto";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { Disclosure } from "@/components/ui/disclosure";
import { CommentForm, ModerationForm } from "./comment-forms";
import { restoreComment, showComment, withdrawComment } from "./engagement-actions";
import type { CommentView } from "./queries";

export type CommentRights = { write: boolean; moderate: boolean };

/** Comments in the order they were written, replies under what they answer. */
export function Comments({
  proposal,
  comments,
  rights,
}: {
  proposal: string;
  comments: readonly CommentView[];
  rights: CommentRights;
}) {
  const t = useTranslations("engagement");
  // A reply to a reply stands under the same comment: one level is enough to follow who answers whom.
  const rootOf = (comment: CommentView): string => {
    const parent = comments.find(({ id }) => id === comment.replyTo);
    return parent ? rootOf(parent) : comment.id;
  };
  const threads = Map.groupBy(comments, rootOf);
  return (
    <div className="space-y-6">
      {comments.length === 0 && <p className="text-ink-soft">{t("noComments")}</p>}
      {comments.length > 0 && (
        <ol className="space-y-6">
          {[...threads].map(([root, [first, ...replies]]) =>
            first ? (
              <li key={root} className="space-y-4">
                <Comment proposal={proposal} comment={first} rights={rights} />
                {replies.length > 0 && (
                  <ol className="space-y-4 border-line border-l-2 pl-5">
                    {replies.map((reply) => (
                      <li key={reply.id}>
                        <Comment proposal={proposal} comment={reply} rights={rights} />
                      </li>
                    ))}
                  </ol>
                )}
              </li>
            ) : null,
          )}
        </ol>
      )}
      {rights.write && <CommentForm proposal={proposal} command={randomUUID()} />}
    </div>
  );
}

function Comment({
  proposal,
  comment,
  rights,
}: {
  proposal: string;
  comment: CommentView;
  rights: CommentRights;
}) {
  const t = useTranslations("engagement");
  const name = comment.erased ? t("erasedAuthor") : comment.author || t("someone");
  return (
    <article id={`comment-${comment.id}`} className="space-y-1">
      <p className="text-base">
        <span className="font-semibold">{name}</span>{" "}
        <span className="text-ink-soft">
          <InstantText value={comment.createdAt} />
        </span>
      </p>
      {comment.text !== null ? (
        <p className="whitespace-pre-line">{comment.text}</p>
      ) : (
        <p className="text-ink-soft italic">
          {comment.hiddenReason
            ? t("hidden", { reason: comment.hiddenReason })
            : t(comment.own ? "withdrawnOwn" : "withdrawn")}
        </p>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1 print:hidden">
        {comment.text !== null && rights.write && (
          <Disclosure quiet label={t("reply")}>
            <CommentForm proposal={proposal} command={randomUUID()} replyTo={{ id: comment.id, name }} />
          </Disclosure>
        )}
        {comment.own && !comment.hiddenReason && (
          <ActionButton
            action={comment.withdrawn ? restoreComment : withdrawComment}
            fields={{ comment: comment.id }}
            look="plain"
          >
            {t(comment.withdrawn ? "restoreComment" : "withdrawComment")}
          </ActionButton>
        )}
        {rights.moderate && comment.hiddenReason && (
          <ActionButton action={showComment} fields={{ comment: comment.id }} look="plain">
            {t("showComment")}
          </ActionButton>
        )}
        {rights.moderate && !comment.hiddenReason && !comment.withdrawn && (
          <Disclosure quiet label={t("moderate")}>
            <ModerationForm comment={comment.id} />
          </Disclosure>
        )}
      </div>
    </article>
  );
}
