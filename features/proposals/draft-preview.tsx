import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DefinitionList } from "@/components/ui/definition-list";
import { PlainLink, TextLink } from "@/components/ui/link";
import { formatMoney } from "@/lib/format";
import { allows } from "@/protocol/workflow/table";
import { AfterSubmission } from "./after-submission";
import { type Step, stepPath } from "./dossier";
import { DossierText } from "./dossier-text";
import { MissingList } from "./missing-list";
import type { DraftView } from "./queries";
import { SubmitForm } from "./submit-form";

/** The whole dossier as it will be read, what is missing, and its submission; afterwards what became of it. */
export function DraftPreview({
  municipality,
  draft,
  files,
  pictures,
  commands,
  handover,
}: {
  municipality: string;
  draft: DraftView;
  files: readonly { id: string; name: string; href: string }[];
  /** Of a dossier that is not published: with it they are on the page of its commons. */
  pictures: ReactNode;
  commands: { submit: string; withdraw: string };
  /** In the place of the submission, where it is written for somebody who has not taken it. */
  handover?: ReactNode;
}) {
  const t = useTranslations("propose");
  const completing = draft.state !== null && allows("proposals:integrate", { proposal: draft.state });
  return (
    <div className="space-y-10">
      {!(completing && draft.editable) && (
        <AfterSubmission municipality={municipality} draft={draft} command={commands.withdraw} />
      )}
      {draft.editable && <MissingList municipality={municipality} draft={draft.id} missing={draft.missing} />}
      <Facts municipality={municipality} draft={draft} files={files} />
      {pictures && (
        <section aria-labelledby="preview-pictures" className="max-w-form space-y-4">
          <h3 id="preview-pictures">{t("preview.pictures")}</h3>
          {pictures}
        </section>
      )}
      <DossierText answers={draft.answers} level={3} />
      {!draft.discarded && handover}
      {!handover && !draft.isCoAuthor && draft.editable && !draft.discarded && draft.missing.length === 0 && (
        <section aria-labelledby="submit" className="space-y-4">
          <h2 id="submit">{t(completing ? "preview.integrateTitle" : "preview.submitTitle")}</h2>
          <p className="max-w-text">{t(completing ? "preview.integrateText" : "preview.submitText")}</p>
          <SubmitForm draft={draft.id} command={commands.submit} completing={completing} />
        </section>
      )}
    </div>
  );
}

function Facts({
  municipality,
  draft,
  files,
}: {
  municipality: string;
  draft: DraftView;
  files: readonly { id: string; name: string; href: string }[];
}) {
  const t = useTranslations("propose");
  const commonsWords = useTranslations("commons");
  const kind = useTranslations("states.kind");
  const locale = useLocale();
  const { commons, subject, costCents } = draft;
  const change = (step: Step): ReactNode =>
    draft.editable &&
    !(step === "who" && draft.isCoAuthor) && (
      <>
        {" — "}
        <TextLink
          href={{
            pathname: "/[municipality]/propose/[draft]/[step]",
            params: { municipality, draft: draft.id, step: stepPath(step) },
          }}
        >
          {t("preview.change")}
        </TextLink>
      </>
    );
  const place = commons && [
    commons.name,
    kind(commons.kind as Parameters<typeof kind>[0]),
    commons.address,
    commons.district && commonsWords("districtName", { number: commons.district }),
    commons.lat !== null && commons.lon !== null && `${commons.lat}, ${commons.lon}`,
  ];
  return (
    <section className="space-y-4">
      <h2>{draft.title || t("untitled")}</h2>
      <DefinitionList
        items={[
          {
            term: t("preview.place"),
            description: (
              <>
                {place ? place.filter(Boolean).join(", ") : "–"}
                {change("where")}
              </>
            ),
          },
          {
            term: t("preview.subject"),
            description: (
              <>
                {subject
                  ? `${subject.name} (${t(`subject.kinds.${subject.kind as "person"}`).toLowerCase()})`
                  : "–"}
                {change("who")}
              </>
            ),
          },
          {
            term: t("preview.cost"),
            description: (
              <>
                {costCents === null ? "–" : formatMoney(costCents, locale)}
                {change("what")}
              </>
            ),
          },
          {
            term: t("attachments.title"),
            description: (
              <>
                {files.length === 0 && "–"}
                {files.map(({ id, name, href }) => (
                  <span key={id} className="block">
                    <PlainLink href={href} icon="paperclip">
                      {name}
                    </PlainLink>
                  </span>
                ))}
                {change("finish")}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
