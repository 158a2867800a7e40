import { getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { FieldsForm } from "@/components/ui/fields-form";
import { Task } from "@/components/ui/task";
import { can, type Viewer } from "@/lib/permissions";
import { changePicture, removeOwnPicture, removePicture, reportPicture, showPictureFirst } from "./actions";
import type { PictureDetails } from "./queries";
import { removalReasons, reportReasons } from "./rules";
import { wordsFields } from "./words-fields";

/** What somebody who is signed in can do about a picture: say that something is wrong; change or remove their own. */
export async function PictureTasks({
  municipality,
  picture,
  viewer,
  about,
  command,
}: {
  municipality: { istatCode: string };
  picture: PictureDetails;
  viewer: Viewer | undefined;
  /** There for whoever may change it. */
  about: { people: string; consent: string; focus: string } | undefined;
  command: string;
}) {
  if (!viewer) return null;
  const t = await getTranslations("pictures");
  const { id, alternativeText, author, takenOn, license } = picture;
  return (
    <section aria-labelledby="tasks" className="space-y-3 print:hidden">
      <h2 id="tasks">{t("tasks")}</h2>
      {about &&
        picture.about.type !== "draft" &&
        can(viewer, municipality.istatCode, "pictures:moderate") && (
          <ActionButton action={showPictureFirst} fields={{ picture: id }} icon="arrow-up">
            {t("first.button")}
          </ActionButton>
        )}
      {about && (
        <Task title={t("change.title")}>
          <FieldsForm
            id="change-picture"
            action={changePicture}
            hidden={{ picture: id }}
            initial={{ alternativeText, author, takenOn, license, ...about }}
            fields={await wordsFields()}
            submitLabel={t("change.submit")}
          />
        </Task>
      )}
      {about && (
        <Task title={t("remove.title")}>
          <p>{t("remove.text")}</p>
          <FieldsForm
            id="remove-picture"
            action={picture.own ? removeOwnPicture : removePicture}
            hidden={{ picture: id }}
            fields={[
              {
                ...{ kind: "radio", name: "ground", label: t("remove.reason") },
                options: removalReasons.map((value) => ({ value, label: t(`reasons.${value}`) })),
              },
              { kind: "area", rows: 3, name: "note", label: t("remove.note"), optional: true },
            ]}
            submitLabel={t("remove.submit")}
          />
        </Task>
      )}
      {picture.about.type !== "draft" && (
        <Task title={t("report.title")}>
          <p>{t("report.text")}</p>
          <FieldsForm
            id="report-picture"
            action={reportPicture}
            hidden={{ picture: id, command }}
            fields={[
              {
                ...{ kind: "radio", name: "ground", label: t("report.reason") },
                options: reportReasons.map((value) => ({ value, label: t(`reasons.${value}`) })),
              },
              { kind: "area", rows: 4, name: "text", label: t("report.words"), optional: true },
            ]}
            submitLabel={t("report.submit")}
          />
        </Task>
      )}
    </section>
  );
}
