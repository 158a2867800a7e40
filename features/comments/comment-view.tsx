import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { Disclosure } from "@/components/ui/disclosure";
import { Icon, type IconName } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/link";
import { State } from "@/components/ui/state";
import { endSupport, restoreComment, supportComment, withdrawComment } from "./actions";
import { CommentForm, OfficeForm } from "./comment-form";
import { useOfficeName } from "./office-name";
import type { CommentView } from "./queries";
import type { CommentKind, Office } from "./rules";

export type CommentRights = {
  write: boolean;
  /** The office in whose name this person may answer. */
  office: Office | undefined;
};

/** What says more than that something was said. */
const marked: { readonly [Kind in CommentKind]?: { kind: "for" | "against" | "question"; icon: IconName } } =
  {
    for: { kind: "for", icon: "check-circle" },
    against: { kind: "against", icon: "x-circle" },
    question: { kind: "question", icon: "info" },
  };

/** One comment with what a reader can do about it; what is rarer is on the page of its own. */
export function Comment({
  municipality,
  comment,
  rights,
  isPage = false,
}: {
  municipality: string;
  comment: CommentView;
  rights: CommentRights;
  /** On the page of its own, where it is not led to. */
  isPage?: boolean;
}) {
  const t = useTranslations("comments");
  const officeName = useOfficeName();
  const { id, text, office, kind } = comment;
  const name = office
    ? officeName(office)
    : comment.erased
      ? t("erasedAuthor")
      : comment.author || t("someone");
  const mark = marked[kind];
  const params = { municipality, comment: id };
  const page = { pathname: "/[municipality]/comments/[comment]" as const, params };
  return (
    <article
      id={`c-${id}`}
      className={`scroll-mt-4 space-y-1 outline-2 outline-transparent target:outline-focus ${office ? "rounded-smooth border-l-4 border-link bg-sunken px-4 py-3" : ""}`}
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
        {office && (
          <State icon="seal" tone="info">
            {t("official")}
          </State>
        )}
        {!office && mark && <State icon={mark.icon}>{t(`kinds.${mark.kind}`)}</State>}
        <span className="wrap-anywhere font-semibold first-letter:uppercase">{name}</span>
        <span className="text-ink-soft">
          {isPage ? (
            <InstantText value={comment.createdAt} />
          ) : (
            <TextLink href={page}>
              <InstantText value={comment.createdAt} />
              <span className="sr-only">{t("permalink", { name })}</span>
            </TextLink>
          )}
          {comment.editedAt && text !== null && <> · {t("changed")}</>}
        </span>
      </p>
      {comment.quote && (
        <blockquote className="wrap-anywhere border-line border-l-4 pl-3 text-ink-soft">
          {comment.quote}
        </blockquote>
      )}
      <Words comment={comment} />
      {text !== null && comment.supports > 0 && (
        <p className="text-base text-ink-soft">
          <Icon name="handshake" size="small" /> {t("supports", { count: comment.supports })}
        </p>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-1 print:hidden">
        {text !== null && rights.write && (isPage || comment.root === null) && (
          <Disclosure quiet label={t("reply")}>
            <CommentForm about={comment.about} replyTo={{ id, name }} />
          </Disclosure>
        )}
        {text !== null && rights.office && !office && (isPage || comment.root === null) && (
          <Disclosure quiet label={t("replyForOffice")}>
            <OfficeForm about={comment.about} replyTo={id} office={officeName(rights.office)} />
          </Disclosure>
        )}
        {text !== null && rights.write && !comment.own && (
          <ActionButton
            action={comment.supported ? endSupport : supportComment}
            fields={{ comment: id }}
            look="plain"
          >
            {t(comment.supported ? "endSupport" : "support")}
          </ActionButton>
        )}
        {comment.own && !comment.hidden && (
          <ActionButton
            action={comment.withdrawn ? restoreComment : withdrawComment}
            fields={{ comment: id }}
            look="plain"
          >
            {t(comment.withdrawn ? "restore" : "withdraw")}
          </ActionButton>
        )}
        {!isPage && (text !== null || comment.own) && (
          <TextLink href={page} className="inline-flex min-h-11 items-center text-base">
            {t(comment.own ? "moreOwn" : "more")}
          </TextLink>
        )}
      </div>
    </article>
  );
}

/** What it says, or why it says nothing. */
function Words({ comment: { text, hidden, own } }: { comment: CommentView }) {
  const t = useTranslations("comments");
  if (text !== null) return <p className="wrap-anywhere whitespace-pre-line">{text}</p>;
  return (
    <p className="text-ink-soft italic">
      {hidden ? (
        <>
          {t("hiddenNote")} {t(`grounds.${hidden.ground}`)}
          {hidden.norm && ` (${hidden.norm})`} · <InstantText value={hidden.at} />
        </>
      ) : (
        t(own ? "withdrawnOwn" : "withdrawn")
      )}
    </p>
  );
}
