import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { ClientMessages } from "@/components/messages";
import { ActionButton } from "@/components/ui/action-button";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { districtsOf } from "@/features/commons/queries";
import { commonsKinds } from "@/features/commons/rules";
import { AttachmentList } from "@/features/documents/attachment-list";
import { attachmentsOf, textOf } from "@/features/documents/queries";
import { uploadErrors } from "@/features/documents/rules";
import { UploadForm } from "@/features/documents/upload-form";
import { uploadOutcome } from "@/features/documents/upload-outcome";
import { listHouses } from "@/features/municipalities/house-queries";
import { mapBase } from "@/features/municipalities/map-queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { DraftPictures } from "@/features/pictures/draft-pictures";
import { Gallery } from "@/features/pictures/gallery";
import { picturesOfDraft } from "@/features/pictures/queries";
import { discardDraft, removeAttachment, restoreDraft } from "@/features/proposals/actions";
import { coAuthorsOf } from "@/features/proposals/co-author-queries";
import { CoAuthors } from "@/features/proposals/co-authors";
import { previousStep, type Step, stepOfPath, stepPath } from "@/features/proposals/dossier";
import { DraftPreview } from "@/features/proposals/draft-preview";
import { DraftSteps } from "@/features/proposals/draft-steps";
import { Handover } from "@/features/proposals/handover";
import { helpWith } from "@/features/proposals/handover-queries";
import { HouseHelp } from "@/features/proposals/house-help";
import { commonsChoices, type DraftView, ownDraft, ownSubjects } from "@/features/proposals/queries";
import { subjectKinds } from "@/features/proposals/rules";
import { StepForm } from "@/features/proposals/step-form";
import { formValuesOf } from "@/features/proposals/step-values";
import { formatMoney } from "@/lib/format";
import { getPathname, redirect } from "@/lib/language/navigation";
import { datePhrases } from "@/lib/phrases";
import { requireViewer } from "@/lib/viewer";

type Props = PageProps<"/[locale]/[municipality]/propose/[draft]/[step]">;

async function requireDraft({ params }: Props) {
  const { municipality: path, draft: id, step: number } = await params;
  const step = stepOfPath(number) ?? notFound();
  const municipality = await requireMunicipality(path);
  const viewer = await requireViewer();
  const draft = (await ownDraft(municipality.istatCode, id, viewer)) ?? notFound();
  return { municipality, viewer, draft, step };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { step } = await requireDraft(props);
  const t = await getTranslations("propose");
  return { title: `${t(`step.${step}`)} — ${t("title")}`, robots: { index: false } };
}

/** One screen of the dossier, or the last one: everything read again, and submitted. */
export default async function DraftStepPage(props: Props) {
  const { municipality, viewer, draft, step } = await requireDraft(props);
  const t = await getTranslations("propose");
  const locale = await getLocale();
  const hrefOf = (to: Step) => ({
    pathname: "/[municipality]/propose/[draft]/[step]" as const,
    params: { municipality: municipality.slug, draft: draft.id, step: stepPath(to) },
  });
  if (!draft.editable && step !== "preview") return redirect({ href: hrefOf("preview"), locale });
  const [files, pictures, houses, together, reason] = await Promise.all([
    attachmentsOf(municipality, { type: "proposal", id: draft.id }, viewer),
    picturesOfDraft(municipality.istatCode, draft.id, viewer),
    listHouses(municipality.istatCode),
    coAuthorsOf(municipality.istatCode, draft.id, viewer),
    draft.reasonDigest ? textOf(municipality.istatCode, draft.reasonDigest, viewer) : undefined,
  ]);
  const help = await helpWith(municipality.istatCode, draft.id);
  const isForSomebody = help !== undefined && !help.taken;
  const before = previousStep(step);
  const uploadsTo = `/api/uploads/${municipality.slug}?${new URLSearchParams({
    proposta: draft.id,
    lingua: locale,
    ritorno: getPathname({ locale, href: hrefOf(step) }),
  })}`;
  const address = await props.searchParams;
  const outcome = await uploadOutcome(address);
  return (
    <>
      <Breadcrumb
        items={[
          {
            href: { pathname: "/[municipality]/propose", params: { municipality: municipality.slug } },
            label: t("title"),
          },
        ]}
      />
      <PageHeading title={t(`step.${step}`)} lead={t(`stepLead.${step}`)} />
      {draft.editable && <DraftSteps municipality={municipality.slug} draft={draft} current={step} />}
      <div className="space-y-10">
        <div className="space-y-4">
          <p className="text-base text-ink-soft">
            {t("forCall", { call: draft.call.title, ...datePhrases("date", draft.call.closesOn, locale) })}
          </p>
          {help && (
            <Notice
              title={isForSomebody ? t("handover.forSomebody") : t("handover.helped", { name: help.name })}
            >
              {isForSomebody && <p>{t("handover.forSomebodyText")}</p>}
            </Notice>
          )}
          {draft.isCoAuthor && together && (
            <Notice title={t("together.coAuthor", { name: together.proponent || t("together.somebody") })}>
              <p>{t("together.coAuthorText")}</p>
            </Notice>
          )}
          {draft.discarded && !draft.isCoAuthor && (
            <Notice tone="warning" title={t("discard.notice")}>
              <ActionButton action={restoreDraft} fields={{ draft: draft.id }} icon="refresh">
                {t("restore")}
              </ActionButton>
            </Notice>
          )}
          {draft.state === "integration_requested" && draft.editable && (
            <Notice
              tone="warning"
              title={t("integrating", datePhrases("date", draft.integrationDueOn ?? "", locale))}
            >
              {reason && (
                <p>
                  <strong>{t("integratingWhy")}:</strong> {reason}
                </p>
              )}
            </Notice>
          )}
        </div>
        {step === "finish" && draft.state === null && !draft.discarded && (
          <DraftPictures
            municipality={municipality.slug}
            draft={draft.id}
            pictures={pictures}
            author={isForSomebody ? "" : viewer.name}
            justAdded={address.foto === "1"}
          />
        )}
        {step === "finish" && (
          <ClientMessages namespaces={["documents"]} errors={uploadErrors}>
            <section id="files" aria-labelledby="files-title" className="space-y-4">
              <h2 id="files-title">{t("attachments.title")}</h2>
              <p className="max-w-text">{t("attachments.lead")}</p>
              <AttachmentList
                files={files}
                actionOf={(file) => (
                  <ActionButton
                    action={removeAttachment}
                    fields={{ draft: draft.id, attachment: file.id }}
                    look="plain"
                  >
                    {t("attachments.remove", { name: file.name })}
                  </ActionButton>
                )}
              />
              <UploadForm action={uploadsTo} outcome={outcome} />
            </section>
          </ClientMessages>
        )}
        {step === "preview" ? (
          <ClientMessages namespaces={["propose"]}>
            <DraftPreview
              municipality={municipality.slug}
              draft={draft}
              files={files}
              pictures={
                pictures.length > 0 && <Gallery municipality={municipality.slug} pictures={pictures} />
              }
              {...(isForSomebody && {
                handover: <Handover municipality={municipality} helper={viewer.id} draft={draft.id} />,
              })}
              commands={{ submit: randomUUID(), withdraw: randomUUID() }}
            />
          </ClientMessages>
        ) : step === "who" && draft.isCoAuthor ? (
          <Notice title={t("together.whoProposes", { name: draft.subject?.name || "–" })}>
            <p>{t("together.whoProposesText")}</p>
          </Notice>
        ) : (
          <Questions draft={draft} step={step} locale={locale} municipality={municipality} viewer={viewer} />
        )}
        {(step === "who" || step === "preview") && together && !isForSomebody && (
          <CoAuthors
            municipality={municipality.slug}
            draft={draft.id}
            title={draft.title || t("untitled")}
            view={together}
          />
        )}
        {draft.editable && (
          <div className="flex flex-wrap items-start gap-4 print:hidden">
            {before && (
              <ButtonLink look="secondary" icon="arrow-left" href={hrefOf(before)}>
                {t("back")}
              </ButtonLink>
            )}
            {draft.state === null && !draft.discarded && !draft.isCoAuthor && (
              <ActionButton action={discardDraft} fields={{ draft: draft.id }} look="plain" icon="trash">
                {t("discard.button")}
              </ActionButton>
            )}
          </div>
        )}
        <HouseHelp
          municipality={municipality.slug}
          houses={houses}
          district={draft.commons?.district ?? null}
        />
      </div>
    </>
  );
}

async function Questions({
  draft,
  step,
  locale,
  municipality,
  viewer,
}: {
  draft: DraftView;
  step: Step;
  locale: "it" | "en";
  municipality: { istatCode: string; lat: number; lon: number };
  viewer: Awaited<ReturnType<typeof requireViewer>>;
}) {
  const t = await getTranslations("propose");
  const { istatCode } = municipality;
  const where = step === "where";
  const [commons, districts, base, subjects] = await Promise.all([
    where ? commonsChoices(istatCode, draft.commons?.published ? draft.commons.id : undefined) : undefined,
    where ? districtsOf(istatCode) : [],
    where ? mapBase(istatCode, municipality, []) : undefined,
    step === "who" ? ownSubjects(istatCode, viewer, draft.id) : [],
  ]);
  return (
    <ClientMessages namespaces={["propose", "dossier", "states"]}>
      <StepForm
        // Another saving elsewhere, or another step, is another form.
        key={`${step}-${draft.discarded}`}
        draft={draft.id}
        step={step}
        revision={draft.revision}
        initial={formValuesOf(draft, step, subjects, locale)}
        place={{
          commons: (commons?.choices ?? []).map(({ id, name, address }) => ({
            value: id,
            label: address ? `${name} (${address})` : name,
          })),
          isWholeList: commons?.isWhole ?? true,
          kinds: commonsKinds,
          districts,
          map: base,
        }}
        subjects={subjects.map(({ id, name }) => ({ value: id, label: name }))}
        subjectKinds={subjectKinds}
        costHint={t("cost.hint", { amount: formatMoney(draft.call.maxCostCents, locale) })}
      />
    </ClientMessages>
  );
}
