import { useTranslations } from "next-intl";
import { FieldsForm } from "@/components/ui/fields-form";
import { Renewing } from "@/components/ui/form/renewing";
import { Task } from "@/components/ui/task";
import { can, type Viewer } from "@/lib/permissions";
import { editComment } from "./actions";
import { CommentForm } from "./comment-form";
import { HideForm, ReportForm } from "./moderation-forms";
import { useOfficeName } from "./office-name";
import type { CommentView } from "./queries";

/** What somebody who is signed in can do about a comment that can be read. */
export function CommentTasks({
  municipality,
  comment,
  viewer,
}: {
  municipality: string;
  comment: CommentView;
  viewer: Viewer;
}) {
  const t = useTranslations("comments");
  const officeName = useOfficeName();
  const { id, text, own, revision, about, office } = comment;
  if (text === null) return null;
  const name = office ? officeName(office) : comment.author || t("someone");
  return (
    <section aria-labelledby="tasks" className="space-y-3 print:hidden">
      <h2 id="tasks">{t("tasks")}</h2>
      {own && (
        <Task title={t("edit.title")}>
          <p>{t("edit.text")}</p>
          <Renewing revision={revision}>
            <FieldsForm
              id={`edit-${id}`}
              action={editComment}
              hidden={{ comment: id, revision: String(revision) }}
              initial={{ text }}
              fields={[{ kind: "area", rows: 6, name: "text", label: t("edit.label") }]}
              submitLabel={t("edit.submit")}
            />
          </Renewing>
        </Task>
      )}
      {can(viewer, municipality, "comments:write") && (
        <Task title={t("quote")}>
          <CommentForm about={about} replyTo={{ id, name }} quote={text} />
        </Task>
      )}
      {!own && (
        <Task title={t("report.title")}>
          <p>{t("report.text")}</p>
          <ReportForm comment={id} />
        </Task>
      )}
      {!own && can(viewer, municipality, "comments:moderate") && (
        <Task title={t("hide.title")}>
          <p>{t("hide.text")}</p>
          <HideForm comment={id} revision={revision} />
        </Task>
      )}
    </section>
  );
}
