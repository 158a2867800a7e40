"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { TextArea, TextField } from "@/components/ui/inputs";
import { hideComment, writeComment } from "./engagement-actions";

/** Writing a comment on a proposal, or a reply to one. */
export function CommentForm({
  proposal,
  command,
  replyTo,
}: {
  proposal: string;
  command: string;
  replyTo?: { id: string; name: string };
}) {
  const t = useTranslations("engagement");
  const control = useActionForm<{ text: string }>(writeComment, {
    id: `comment-${replyTo?.id ?? proposal}`,
  });
  const label = replyTo ? t("replyTo", { name: replyTo.name }) : t("commentLabel");
  return (
    <ActionForm
      control={control}
      labels={{ text: label }}
      submitLabel={replyTo ? t("publishReply") : t("comment")}
      submitIcon="send"
      look="secondary"
    >
      <input type="hidden" name="proposal" value={proposal} />
      <input type="hidden" name="command" value={command} />
      {replyTo && <input type="hidden" name="replyTo" value={replyTo.id} />}
      <TextArea field={control.fields.text} label={label} hint={t("commentHint")} rows={4} />
    </ActionForm>
  );
}

/** Hiding somebody's comment, with the reason that stands in its place. */
export function ModerationForm({ comment }: { comment: string }) {
  const t = useTranslations("engagement");
  const control = useActionForm<{ reason: string }>(hideComment, { id: `hide-${comment}` });
  return (
    <ActionForm
      control={control}
      labels={{ reason: t("moderateReason") }}
      submitLabel={t("hideComment")}
      submitIcon="eye"
      look="secondary"
    >
      <input type="hidden" name="comment" value={comment} />
      <TextField field={control.fields.reason} label={t("moderateReason")} />
    </ActionForm>
  );
}
