import { getTranslations } from "next-intl/server";
import { LedgerMark } from "@/components/ledger-mark";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Task } from "@/components/ui/task";
import { fileField } from "@/features/documents/act-field-queries";
import { pactForms } from "@/protocol/records/pacts";
import { allows } from "@/protocol/workflow/table";
import { finishCoDesign, issueVersion, renewPact, savePact, startCoDesign } from "./actions";
import { type PactContent, type PartyText, requiredSections, sections } from "./content";
import type { PactWords } from "./document";
import { PactStart } from "./pact-start";
import { PactStateMark } from "./pact-state";
import type { CoDesignView, PactUnderWay } from "./queries";
import { isRenewal } from "./renewal-days";
import type { Renewable } from "./renewal-queries";
import { type PactTemplate, templateValues } from "./templates";

/** What coordinators do with a funded proposal: start co-design, end it, write the pact, issue a version. */
export async function CoDesignTasks({
  municipality,
  coDesign,
  pact,
  renewable,
  isOnItsWay,
  template,
}: {
  municipality: string;
  coDesign: CoDesignView;
  pact: PactUnderWay;
  /** The pact that another one can take the place of. */
  renewable: Renewable | undefined;
  /** A step has not reached the ledger yet: the next one would be refused. */
  isOnItsWay: boolean;
  /** What a first draft begins with. */
  template: PactTemplate | undefined;
}) {
  const t = await getTranslations("pacts.codesign");
  const { proposal, state } = coDesign;
  const { draft, onChain } = pact;
  const hidden = (id: string) => ({ id, command: crypto.randomUUID() });
  const isToStart = allows("proposals:startCoDesign", { proposal: state });
  const isToFinish = allows("proposals:readyForPact", { proposal: state });
  const isRenewing = isRenewal(draft, renewable);
  const isEditable =
    !isToStart &&
    (onChain ? allows("pacts:revise", { pact: onChain.state }) : isRenewing || !renewable?.isInForce);
  const isApproved = onChain !== null && isEditable && onChain.state !== "draft";
  const hasStep = !isOnItsWay && (isToStart || isToFinish || (isEditable && draft));
  return (
    <div className="space-y-10">
      {hasStep && (
        <section aria-labelledby="step" className="space-y-4">
          <h2 id="step">{t("step")}</h2>
          {isToStart && (
            <>
              <p className="max-w-text">{t("startText")}</p>
              <FieldsForm
                id="start-co-design"
                action={startCoDesign}
                hidden={hidden(proposal)}
                fields={[]}
                submitLabel={t("start")}
                submitIcon="people"
              />
            </>
          )}
          {isToFinish && (
            <Task title={t("finish")}>
              <p>{t("finishText")}</p>
              <FieldsForm
                id="finish-co-design"
                action={finishCoDesign}
                hidden={hidden(proposal)}
                fields={[await fileField("document", t("finishFile"))]}
                submitLabel={t("finish")}
                submitIcon="check"
              />
            </Task>
          )}
          {isEditable && draft && (
            <Task title={t("issue")}>
              <p>{t("issueText")}</p>
              <FieldsForm
                id="issue-version"
                action={issueVersion}
                hidden={hidden(draft.id)}
                fields={[]}
                submitLabel={t("issue")}
                submitIcon="send"
              />
            </Task>
          )}
        </section>
      )}
      {!isEditable && !isToStart && !renewable && <p>{t("signedText")}</p>}
      {isApproved && <p className="max-w-text">{t("approvedText")}</p>}
      {draft && onChain && (
        <section aria-labelledby="on-ledger" className="space-y-3">
          <h2 id="on-ledger">{draft.title}</h2>
          <p className="flex flex-wrap items-center gap-3">
            <PactStateMark state={onChain.state} />
            {t("versionOnLedger", { version: onChain.version })}
          </p>
          <LedgerMark
            municipality={municipality}
            status={{ state: "recorded", block: Number(onChain.block), transaction: onChain.transactionId }}
          />
          <p>
            <TextLink
              href={{
                pathname: "/[municipality]/pacts/[pact]",
                params: { municipality, pact: draft.slug },
              }}
            >
              {t("seePact")}
            </TextLink>
          </p>
        </section>
      )}
      {renewable && !isRenewing && (
        <section aria-labelledby="renewal" className="space-y-4">
          <h2 id="renewal">{t("renewal")}</h2>
          <p className="max-w-text">{t("renewalText")}</p>
          <FieldsForm
            id="renew-pact"
            action={renewPact}
            hidden={hidden(proposal)}
            fields={[]}
            submitLabel={t("renew")}
            submitIcon="document"
          />
        </section>
      )}
      {isEditable && (
        <section aria-labelledby="working" className="space-y-4">
          <h2 id="working">{draft ? t("working") : t("draft")}</h2>
          <p className="max-w-text">{t("draftText")}</p>
          {isRenewing && renewable && (
            <p className="max-w-text">
              {t("renews")}{" "}
              <TextLink
                href={{
                  pathname: "/[municipality]/pacts/[pact]",
                  params: { municipality, pact: renewable.slug },
                }}
              >
                <Italian>{renewable.title}</Italian>
              </TextLink>
              . {t("renewsText")}
            </p>
          )}
          {!draft && <PactStart municipality={municipality} proposal={proposal} chosen={template} />}
          <FieldsForm
            key={`${draft?.id ?? ""} ${template ?? ""}`}
            id="pact"
            action={savePact}
            hidden={{ proposal }}
            initial={
              draft
                ? valuesOf(draft)
                : {
                    ...{ title: coDesign.title, form: "ordinary" },
                    ...(template && templateValues(template)),
                  }
            }
            fields={await pactFields()}
            submitLabel={t("save")}
            submitIcon="check"
          />
        </section>
      )}
    </div>
  );
}

/** Named as in `pactSchema`. */
async function pactFields(): Promise<FormField[]> {
  const [t, pacts] = await Promise.all([getTranslations("pacts.codesign.fields"), getTranslations("pacts")]);
  return [
    { kind: "text", name: "title", label: t("title") },
    {
      ...{ kind: "select", name: "form", label: t("form") },
      options: pactForms.map((value) => ({ value, label: pacts(`forms.${value}`) })),
    },
    { kind: "date", name: "startsOn", label: t("startsOn") },
    { kind: "date", name: "endsOn", label: t("endsOn") },
    { kind: "checkbox", name: "withCase", label: t("withCase"), hint: t("withCaseHint") },
    ...sections.map(
      (name): FormField => ({
        ...{ kind: "area", name, label: pacts(`sections.${name}`), rows: 4 },
        ...(!requiredSections.includes(name) && { optional: true }),
      }),
    ),
  ];
}

function valuesOf(draft: PactWords): Record<string, string> {
  const { title, form, startsOn, endsOn } = draft;
  const withCase = (draft.parties as PartyText[]).some(({ organisation }) => organisation === "Case");
  return {
    ...{ title, form, startsOn, endsOn, ...(draft.content as PactContent) },
    ...(withCase && { withCase: "on" }),
  };
}
