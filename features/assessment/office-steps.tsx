import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/ui/action-button";
import type { ConfirmationTexts } from "@/components/ui/confirmation";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Notice } from "@/components/ui/notice";
import { formatNumber } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { allows } from "@/protocol/workflow/table";
import {
  admitProposal,
  declareConflict,
  publishProposal,
  rejectProposal,
  requestIntegration,
  startAssessment,
} from "./actions";
import { FoldedStep } from "./folded-step";
import { MergeSteps } from "./merge-steps";
import type { OfficeProposal } from "./office-queries";
import type { AssessmentView } from "./queries";
import { reachesThreshold, typedPoints } from "./rules";
import { ScoreForm } from "./score-form";

type Commands = Record<
  "step" | "integration" | "score" | "conflict" | "decide" | "merge" | "separate",
  string
>;
/** Which steps this person can take on the proposal in its state. */
type May = Record<
  "publish" | "start" | "integrate" | "score" | "decide" | "refuse" | "merge" | "separate" | "declare",
  boolean
>;

/** What this person can do with the proposal now; what others do is not shown. */
export function OfficeSteps({
  proposal,
  assessment,
  act,
  commands,
  may,
}: {
  proposal: OfficeProposal;
  assessment: AssessmentView;
  act: readonly FormField[];
  commands: Commands;
  may: May;
}) {
  const t = useTranslations("assessment");
  const locale = useLocale();
  const { id, state, call } = proposal;
  const hidden = (command: keyof Commands) => ({ proposal: id, command: commands[command] });
  const isToComplete = allows("proposals:integrate", { proposal: state });
  const isOverdue =
    isToComplete && proposal.integrationDueOn !== null && proposal.day > proposal.integrationDueOn;
  const hasTime = isToComplete && !isOverdue;
  return (
    <div className="space-y-10">
      {may.publish && (
        <Step title={t("publish.title")} text={t("publish.text")}>
          <ActionButton action={publishProposal} fields={hidden("step")} look="primary" icon="eye">
            {t("publish.button")}
          </ActionButton>
        </Step>
      )}
      {may.start && !hasTime && (
        <Step title={t("start.title")} text={t(isOverdue ? "start.asItStands" : "start.text")}>
          {isOverdue || call.assessable ? (
            <ActionButton action={startAssessment} fields={hidden("step")} look="primary" icon="scale">
              {t("start.button")}
            </ActionButton>
          ) : (
            <p>{t("start.tooEarly", datePhrases("date", call.closesOn, locale))}</p>
          )}
        </Step>
      )}
      {may.refuse && !may.decide && !hasTime && (
        <EarlyRefusal proposal={proposal} act={act} hidden={hidden("decide")} />
      )}
      {may.score && <Scoring proposal={proposal} assessment={assessment} command={commands.score} />}
      {may.decide && (
        <Decision proposal={proposal} assessment={assessment} act={act} hidden={hidden("decide")} />
      )}
      {may.integrate && (
        <FoldedStep title={t("integration.title")} icon="edit" text={t("integration.text")}>
          <FieldsForm
            id="integration"
            action={requestIntegration}
            hidden={hidden("integration")}
            fields={[
              {
                kind: "area",
                name: "reason",
                label: t("integration.reason"),
                hint: t("integration.reasonHint"),
              },
              { kind: "date", name: "dueOn", label: t("integration.dueOn"), min: proposal.day },
            ]}
            submitLabel={t("integration.button")}
            submitIcon="send"
            look="secondary"
          />
        </FoldedStep>
      )}
      {may.declare && !assessment.ownConflict && (
        <FoldedStep title={t("conflict.title")} icon="warning" text={t("conflict.text")}>
          <FieldsForm
            id="conflict"
            action={declareConflict}
            hidden={hidden("conflict")}
            fields={[
              { kind: "area", name: "reason", label: t("conflict.reason"), hint: t("conflict.reasonHint") },
            ]}
            submitLabel={t("conflict.button")}
            submitIcon="warning"
            look="danger"
          />
        </FoldedStep>
      )}
      <MergeSteps
        proposal={proposal}
        act={act}
        hidden={{ merge: hidden("merge"), separate: hidden("separate") }}
        may={may}
      />
    </div>
  );
}

function Scoring({
  proposal,
  assessment,
  command,
}: {
  proposal: OfficeProposal;
  assessment: AssessmentView;
  command: string;
}) {
  const t = useTranslations("assessment");
  const locale = useLocale();
  if (assessment.ownConflict) return <Notice tone="info" title={t("conflict.own")} />;
  if (proposal.own) return <Notice tone="info" title={t("self")} />;
  const own = assessment.scores.find((score) => score.own);
  return (
    <Step title={t("points.title")} text={t("points.text")}>
      <ScoreForm
        proposal={proposal.id}
        command={command}
        criteria={assessment.criteria.map(({ id, title, weight }) => ({ id, title: title[locale], weight }))}
        initial={Object.fromEntries(
          Object.entries(own?.points ?? {}).map(([id, points]) => [id, typedPoints(points, locale)]),
        )}
      />
    </Step>
  );
}

function Decision({
  proposal,
  assessment,
  act,
  hidden,
}: {
  proposal: OfficeProposal;
  assessment: AssessmentView;
  act: readonly FormField[];
  hidden: Record<string, string>;
}) {
  const t = useTranslations("assessment.decide");
  const locale = useLocale();
  const { given, wanted, average, threshold, scores } = assessment;
  if (given < wanted || average === undefined)
    return (
      <Step title={t("title")}>
        <p>{t("wait", { wanted, count: given })}</p>
      </Step>
    );
  const admits = reachesThreshold(
    scores.map(({ total }) => total),
    threshold,
  );
  const values = { average: formatNumber(average / 100, locale), threshold: formatNumber(threshold, locale) };
  return (
    <Step title={t("title")} text={t(admits ? "admitText" : "rejectText", values)}>
      <FieldsForm
        id="decide"
        action={admits ? admitProposal : rejectProposal}
        hidden={{ ...hidden, proposal: proposal.id }}
        fields={[
          ...(admits
            ? []
            : [{ kind: "area" as const, name: "reason", label: t("reason"), hint: t("reasonHint") }]),
          ...act,
        ]}
        submitLabel={t(admits ? "admit" : "reject")}
        submitIcon={admits ? "check-circle" : "x-circle"}
        {...(!admits && { confirm: refusalOf(proposal) })}
      />
    </Step>
  );
}

/** Not admitted before anybody judges it: what cannot be published, or was not completed in time. */
function EarlyRefusal({
  proposal,
  act,
  hidden,
}: {
  proposal: OfficeProposal;
  act: readonly FormField[];
  hidden: Record<string, string>;
}) {
  const t = useTranslations("assessment.decide");
  return (
    <FoldedStep title={t("reject")} icon="x-circle" text={t("earlyText")}>
      <FieldsForm
        id="reject"
        action={rejectProposal}
        hidden={hidden}
        fields={[{ kind: "area", name: "reason", label: t("reason"), hint: t("reasonHint") }, ...act]}
        submitLabel={t("reject")}
        submitIcon="x-circle"
        look="danger"
        confirm={refusalOf(proposal)}
      />
    </FoldedStep>
  );
}

function refusalOf({ title }: OfficeProposal): ConfirmationTexts {
  return { what: "rejectProposal", facts: [{ name: "about", value: title }] };
}

function Step({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="space-y-4">
      <h2>{title}</h2>
      {text && <p className="max-w-text">{text}</p>}
      {children}
    </section>
  );
}
