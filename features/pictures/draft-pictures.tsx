import { getTranslations } from "next-intl/server";
import { Renewing } from "@/components/ui/form/renewing";
import { Notice } from "@/components/ui/notice";
import { Task } from "@/components/ui/task";
import { AddPictureForm } from "./add-form";
import { Gallery } from "./gallery";
import type { PictureDetails } from "./queries";
import { MOST_IN_DRAFT } from "./rules";

/** The photographs of a dossier while it is written: those that are there, and the form for another. */
export async function DraftPictures({
  municipality,
  draft,
  pictures,
  author,
  justAdded,
}: {
  municipality: string;
  draft: string;
  pictures: readonly PictureDetails[];
  /** The name of who writes. */
  author: string;
  justAdded: boolean;
}) {
  const t = await getTranslations("pictures.draft");
  return (
    <section id="pictures" aria-labelledby="pictures-title" className="max-w-form space-y-4">
      <h2 id="pictures-title">{t("title")}</h2>
      <p className="max-w-text">{t("lead")}</p>
      {justAdded && <Notice tone="success">{t("added")}</Notice>}
      {pictures.length > 0 && <Gallery municipality={municipality} pictures={pictures} />}
      {pictures.length >= MOST_IN_DRAFT ? (
        <p className="text-ink-soft">{t("full", { most: MOST_IN_DRAFT })}</p>
      ) : (
        <Task title={t(pictures.length === 0 ? "add" : "addAnother")}>
          <Renewing revision={pictures.length}>
            <AddPictureForm
              targets={[{ value: `draft:${draft}`, label: "" }]}
              author={author}
              submitLabel={t("submit")}
            />
          </Renewing>
        </Task>
      )}
    </section>
  );
}
