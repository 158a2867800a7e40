import { getLocale, getTranslations } from "next-intl/server";
import { LedgerMark } from "@/components/ledger-mark";
import { PendingRefresh } from "@/components/pending-refresh";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm } from "@/components/ui/fields-form";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { actFields } from "@/features/documents/act-field-queries";
import { stepIcon } from "@/features/workflow/rules";
import { type ErrorTranslator, errorSentence } from "@/lib/error-sentence";
import { formatNumber } from "@/lib/format";
import { can, canTake, type Viewer } from "@/lib/permissions";
import { datePhrases, deadlinePhrases } from "@/lib/phrases";
import type { TransactionName } from "@/protocol/transactions";
import { awaitedIn } from "@/protocol/workflow/table";
import { firstFinalDay } from "@/protocol/workflow/terms";
import { annulRound, attestRound, closeRound, finaliseRound, openRound, recordCount } from "./actions";
import { AttestSummary } from "./attest-summary";
import { ProjectDecisions } from "./decisions";
import { ObjectionDecisions } from "./objection-decisions";
import { objectionsTo, pendingOfRound, type RoundView } from "./queries";
import { RoundStateMark } from "./round-state";

type Place = { istatCode: string; slug: string; name: string };

/** What the steps of a round with sealed ballots wait for. */
export type SealedState = {
  /** Until then ballots that were received are still recorded. */
  closesFrom: Date;
  /** Whether two trustees have released their keys. */
  isReleased: boolean;
};

/** A round on the ledger, with the one step that comes next and who may take it. */
export async function FrozenRound({
  municipality,
  round,
  viewer,
  sealed,
}: {
  municipality: Place;
  round: RoundView;
  viewer: Viewer;
  sealed: SealedState | undefined;
}) {
  const { istatCode, slug } = municipality;
  const [t, errors, locale, pending, objections] = await Promise.all([
    getTranslations("rounds.office"),
    getTranslations("errors") as Promise<ErrorTranslator>,
    getLocale(),
    pendingOfRound(istatCode, round.id),
    objectionsTo(istatCode, round.id, viewer.id),
  ]);
  const isWaiting = pending.some(({ status }) => status === "waiting");
  const last = pending.at(-1);
  // What a vote of the past chose was decided long ago.
  const isToDecide =
    !round.reconstruction && canTake(viewer, istatCode, "proposals:fund", { round: round.state });
  const isToAnswer =
    objections.some(({ upheld }) => upheld === null) && can(viewer, istatCode, "rounds:decideObjection");
  return (
    <div className="space-y-10">
      <div className="space-y-3">
        <p className="flex flex-wrap gap-2">
          <RoundStateMark state={round.state} reconstruction={round.reconstruction} />
        </p>
        <LedgerMark
          municipality={slug}
          status={{ state: "recorded", block: Number(round.block), transaction: round.transactionId }}
        />
        <p>
          <TextLink
            href={{
              pathname: "/[municipality]/rounds/[round]",
              params: { municipality: slug, round: round.slug },
            }}
          >
            {t("seePublic")}
          </TextLink>
        </p>
        <PendingRefresh pending={isWaiting} />
        {last?.status === "failed" && last.error && (
          <Notice tone="danger" title={t("refused")}>
            {errorSentence(errors, locale, last.error.code, last.error.params)}
          </Notice>
        )}
      </div>
      <NextStep
        municipality={municipality}
        round={round}
        viewer={viewer}
        sealed={sealed}
        isAlone={!isToDecide && !isToAnswer}
      />
      {isToAnswer && <ObjectionDecisions objections={objections} />}
      {isToDecide && <ProjectDecisions municipality={istatCode} round={round} viewer={viewer} />}
      {canTake(viewer, istatCode, "rounds:annul", { round: round.state }) && (
        <Disclosure label={t("annul.title")} icon="x-circle">
          <div className="space-y-4">
            <p className="max-w-text">{t("annul.text")}</p>
            <FieldsForm
              id="annul"
              action={annulRound}
              hidden={{ id: round.id, command: crypto.randomUUID() }}
              fields={[
                { kind: "area", name: "reason", label: t("reason"), hint: t("annul.reasonHint") },
                ...(await actFields()),
              ]}
              submitLabel={t("annul.submit")}
              submitIcon="x-circle"
              look="danger"
              confirm={{ what: "annulRound", facts: [{ name: "about", value: round.title }] }}
            />
          </div>
        </Disclosure>
      )}
    </div>
  );
}

async function NextStep({
  municipality,
  round,
  viewer,
  sealed,
  isAlone,
}: {
  municipality: Place;
  round: RoundView;
  viewer: Viewer;
  sealed: SealedState | undefined;
  /** Whether nothing else on the page is to be done. */
  isAlone: boolean;
}) {
  const t = await getTranslations("rounds.office");
  const sealedOffice = await getTranslations("sealedOffice");
  const locale = await getLocale();
  const hidden = { id: round.id, command: crypto.randomUUID() };
  const simple = [
    { transaction: "rounds:open", action: openRound, label: "open", text: "openText" },
    { transaction: "rounds:close", action: closeRound, label: "close", text: "closeText" },
    { transaction: "rounds:count", action: recordCount, label: "count", text: "countText" },
    { transaction: "rounds:attest", action: attestRound, label: "attest", text: "attestText" },
  ] as const;
  const takes = (step: TransactionName) =>
    canTake(viewer, municipality.istatCode, step, { round: round.state });
  const awaited = awaitedIn("round", round.state).filter(takes);
  const forms = [];
  const closesFrom = sealed?.closesFrom ?? round.closesAt;
  for (const step of simple.filter(({ transaction }) => awaited.includes(transaction))) {
    const isEarly = step.transaction === "rounds:close" && closesFrom > new Date();
    if (step.transaction === "rounds:count" && sealed && !sealed.isReleased) {
      forms.push(<p key={step.label}>{sealedOffice("countLater")}</p>);
      continue;
    }
    forms.push(
      <div key={step.label} className="space-y-3">
        {isEarly && <h3>{t(step.label)}</h3>}
        <p className="max-w-text">{t(step.text)}</p>
        {step.transaction === "rounds:attest" && <AttestSummary municipality={municipality} round={round} />}
        {isEarly ? (
          <p>{t("until", deadlinePhrases("day", closesFrom, locale))}</p>
        ) : (
          <FieldsForm
            id={step.label}
            action={step.action}
            hidden={hidden}
            fields={[]}
            submitLabel={t(step.label)}
            submitIcon={stepIcon(step.transaction)}
            {...(step.transaction === "rounds:close" && {
              confirm: {
                what: "closeRound",
                facts: [
                  { name: "about", value: round.title },
                  { name: "voters", value: formatNumber(round.rollSize, locale) },
                ],
              },
            })}
          />
        )}
      </div>,
    );
  }
  if (awaited.includes("rounds:finalise")) {
    const from = firstFinalDay(round.record);
    forms.push(
      <div key="finalise" className="space-y-3">
        <p className="max-w-text">{t("finaliseText")}</p>
        {from && <p>{t("until", datePhrases("day", from, locale))}</p>}
        <FieldsForm
          id="finalise"
          action={finaliseRound}
          hidden={hidden}
          fields={await actFields()}
          confirm={{
            what: "finaliseRound",
            facts: [
              { name: "about", value: round.title },
              { name: "voters", value: formatNumber(round.rollSize, locale) },
            ],
          }}
          submitLabel={t("finalise")}
          submitIcon={stepIcon("rounds:finalise")}
        />
      </div>,
    );
  }
  if (forms.length === 0) return isAlone ? <p>{t("nothingNow")}</p> : null;
  return (
    <section className="space-y-4">
      <h2>{t("next")}</h2>
      {forms}
    </section>
  );
}
