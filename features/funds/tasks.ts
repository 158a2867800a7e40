import "server-only";
import { getTranslations } from "next-intl/server";
import type { ConfirmationTexts } from "@/components/ui/confirmation";
import type { FieldsForm, FormField } from "@/components/ui/fields-form";
import { actFields, fileField } from "@/features/documents/act-field-queries";
import { onPaper } from "@/features/papers/paper-task-queries";
import { formatMoney } from "@/lib/format";
import type { Locale } from "@/lib/language/routing";
import { todayInItaly } from "@/lib/local-time";
import { canTake, type Viewer } from "@/lib/permissions";
import { isInTurn, openObjectionsTo } from "@/protocol/records/money";
import type { TransactionName } from "@/protocol/transactions";
import type { States } from "@/protocol/workflow/table";
import * as actions from "./actions";
import {
  type CommitmentView,
  commitmentChoices,
  type MilestoneView,
  type PaymentStep,
} from "./commitment-queries";
import { LATER_YEARS, MILESTONE_ROWS } from "./schema";

/** One form on the page of a pact's money. */
export type MoneyTask = {
  key: string;
  title: string;
  text?: string;
  form: Omit<Parameters<typeof FieldsForm>[0], "id">;
};

export type Scene = {
  municipality: string;
  pact: { id: string; state: string; isRepresentative: boolean; hasKey: boolean };
  viewer: Viewer | undefined;
  locale: Locale;
};

const texts = () => getTranslations("funds.do");

/** Committing money to the pact: an officer's. */
export async function newCommitmentTask(scene: Scene): Promise<MoneyTask[]> {
  if (!may(scene, "funds:commit", { pact: scene.pact.state })) return [];
  const t = await texts();
  const types = await getTranslations("funds.types");
  const { lines, payees } = await commitmentChoices(scene.municipality, scene.pact.id);
  const options = lines.map(({ id, name, year, leftCents }) => ({
    value: id,
    label: t("lineLeft", { name, year: String(year), left: formatMoney(leftCents, scene.locale) }),
  }));
  const later = Array.from({ length: Math.min(LATER_YEARS, lines.length - 1) }, (_, row) => row);
  const fields: FormField[] = [
    { kind: "select", name: "line", label: t("line"), empty: t("choose"), options },
    {
      ...{ kind: "select", name: "payee", label: t("payeeField"), empty: t("choose") },
      options: payees.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      ...{ kind: "radio", name: "type", label: t("type") },
      options: (["direct_works", "goods", "contribution"] as const).map((value) => ({
        value,
        label: types(value),
      })),
    },
    { kind: "money", name: "amount", label: t("amount") },
    ...later.flatMap((row): FormField[] => [
      { kind: "heading", name: `later-${row}`, label: t("laterRow", { number: row + 2 }) },
      {
        ...{ kind: "select", name: `laterLine[${row}]`, label: t("line"), empty: t("choose") },
        ...{ optional: true, options, ...(row === 0 && { hint: t("laterHint") }) },
      },
      { kind: "money", name: `laterAmount[${row}]`, label: t("amount"), optional: true },
    ]),
    ...(later.length > 0 ? [{ kind: "heading", name: "codes", label: t("codes") } as const] : []),
    { kind: "text", name: "cup", label: t("cup"), hint: t("cupHint"), optional: true },
    { kind: "text", name: "cig", label: t("cig"), hint: t("cigHint"), optional: true },
    ...(await actFields()),
  ];
  const hidden = { pact: scene.pact.id, command: crypto.randomUUID() };
  return [
    {
      ...{ key: "commit", title: t("commit") },
      form: {
        action: actions.commitMoney,
        hidden,
        fields,
        submitLabel: t("commitButton"),
        submitIcon: "euro",
      },
    },
  ];
}

export async function commitmentTasks(scene: Scene, commitment: CommitmentView): Promise<MoneyTask[]> {
  const t = await texts();
  const tasks: MoneyTask[] = [];
  const hidden = () => ({ id: commitment.id, command: crypto.randomUUID() });
  if (commitment.plannedCents < commitment.amountCents && may(scene, "funds:planMilestones", {})) {
    const rows = Array.from(
      { length: commitment.milestones.length > 0 ? 2 : MILESTONE_ROWS },
      (_, row) => row,
    );
    tasks.push({
      ...{ key: `plan-${commitment.id}`, title: t("plan") },
      form: {
        ...{
          action: actions.planMilestones,
          hidden: hidden(),
          submitLabel: t("planButton"),
          submitIcon: "flag",
        },
        fields: [
          ...rows.flatMap((row): FormField[] => [
            { kind: "heading", name: `row-${row}`, label: t("planRow", { number: row + 1 }) },
            { kind: "text", name: `title[${row}]`, label: t("planTitle"), optional: row > 0 },
            {
              kind: "area",
              name: `deliverable[${row}]`,
              label: t("planDeliverable"),
              rows: 2,
              optional: row > 0,
            },
            { kind: "date", name: `dueOn[${row}]`, label: t("planDue"), optional: row > 0 },
            { kind: "money", name: `amount[${row}]`, label: t("planAmount"), optional: row > 0 },
          ]),
          { kind: "date", name: "reportOn", label: t("planReport"), optional: true },
        ],
      },
    });
  }
  if (commitment.isGrant && !commitment.publishedOn && may(scene, "funds:publishGrant", {}))
    tasks.push({
      ...{ key: `publish-${commitment.id}`, title: t("publish") },
      form: {
        ...{
          action: actions.publishGrant,
          hidden: hidden(),
          submitLabel: t("publishButton"),
          submitIcon: "eye",
        },
        fields: (
          ["legalBasis", "office", "responsibleOfficer", "selectionMethod", "projectLink"] as const
        ).map((name) => ({ kind: "text" as const, name, label: t(name) })),
      },
    });
  return tasks;
}

export async function reportTasks(scene: Scene, commitment: CommitmentView): Promise<MoneyTask[]> {
  const t = await texts();
  const tasks = commitment.reports
    .filter(({ submittedOn }) => !submittedOn)
    .map(async ({ id }) => {
      const own = { key: `report-${id}`, title: t("report") };
      const hidden = { id, command: crypto.randomUUID() };
      const fields: FormField[] = [{ kind: "area", name: "text", label: t("reportText") }];
      const form = { action: actions.submitReport, hidden, fields };
      return ofParty(scene, { ...own, form: { ...form, submitLabel: t("reportButton") } }, () =>
        onPaper(own, "report", { action: actions.submitReportOnPaper, hidden, fields }),
      );
    });
  return (await Promise.all(tasks)).flat();
}

/** Whoever saw the evidence being signed on paper leaves it to another person to look at the work. */
export function hasWitnessed({ viewer }: Scene, { record }: MilestoneView): boolean {
  return record.witnesses?.some(({ person }) => person === viewer?.id) ?? false;
}

/** What binds a party: their own form where they have a key, and for a witness the one on paper. */
async function ofParty(scene: Scene, own: MoneyTask, paper: () => Promise<MoneyTask>): Promise<MoneyTask[]> {
  const { isRepresentative, hasKey } = scene.pact;
  if (isRepresentative) return hasKey ? [own] : [];
  return may(scene, "papers:record", {}) ? [await paper()] : [];
}

export async function milestoneTasks(scene: Scene, milestone: MilestoneView): Promise<MoneyTask[]> {
  const t = await texts();
  const { id, state } = milestone;
  const key = (name: string) => `${name}-${id}`;
  const hidden = () => ({ id, command: crypto.randomUUID() });
  const reason: FormField = { kind: "area", name: "reason", label: t("reason") };
  const tasks: MoneyTask[] = [];
  if (may(scene, "milestones:submitEvidence", { milestone: state })) {
    const own = { key: key("evidence"), title: t("evidence") };
    const fields = [await fileField("evidence", t("evidenceFile"))];
    const given = { hidden: hidden(), fields };
    const form = { ...given, action: actions.submitEvidence, submitIcon: "upload" as const };
    tasks.push(
      ...(await ofParty(scene, { ...own, form: { ...form, submitLabel: t("evidenceButton") } }, () =>
        onPaper(own, "evidence", { ...given, action: actions.submitEvidenceOnPaper }),
      )),
    );
  }
  if (may(scene, "milestones:verify", { milestone: state }) && !hasWitnessed(scene, milestone))
    tasks.push(
      {
        ...{ key: key("verify"), title: t("verify") },
        form: {
          ...{
            action: actions.verifyMilestone,
            hidden: hidden(),
            submitLabel: t("verifyButton"),
            submitIcon: "check",
          },
          fields: [await fileField("report", t("verifyFile"))],
        },
      },
      {
        ...{ key: key("return"), title: t("returnEvidence") },
        form: {
          action: actions.returnEvidence,
          hidden: hidden(),
          fields: [reason],
          submitLabel: t("returnButton"),
        },
      },
    );
  // What is objected to is decided first; turning the work down can be done at any time.
  const isObjectedTo = openObjectionsTo(milestone.record).length > 0;
  if (may(scene, "milestones:accept", { milestone: state }) && isInTurn("milestones:accept", isObjectedTo))
    tasks.push({
      ...{ key: key("accept"), title: t("accept") },
      form: {
        ...{
          action: actions.acceptMilestone,
          hidden: hidden(),
          submitLabel: t("acceptButton"),
          submitIcon: "check",
        },
        initial: { amount: typed(milestone.amountCents, scene.locale) },
        fields: [
          { kind: "money", name: "amount", label: t("acceptAmount") },
          { kind: "area", name: "reason", label: t("acceptReason"), optional: true, rows: 3 },
        ],
      },
    });
  if (may(scene, "milestones:reject", { milestone: state }))
    tasks.push({
      ...{ key: key("reject"), title: t("reject") },
      form: {
        ...{
          action: actions.rejectMilestone,
          hidden: hidden(),
          fields: [reason],
          submitLabel: t("rejectButton"),
        },
        look: "danger",
        confirm: confirmationOf("rejectMilestone", milestone, scene.locale),
      },
    });
  const left = milestone.acceptedCents - milestone.requestedCents;
  if (left > 0n && may(scene, "payments:request", { milestone: state })) {
    const own = { key: key("request"), title: t("request") };
    const given = {
      hidden: { milestone: id, command: crypto.randomUUID() },
      initial: { amount: typed(left, scene.locale) },
      fields: [{ kind: "money", name: "amount", label: t("amount") }] satisfies FormField[],
    };
    const form = { ...given, action: actions.requestPayment, submitIcon: "euro" as const };
    tasks.push(
      ...(await ofParty(scene, { ...own, form: { ...form, submitLabel: t("requestButton") } }, () =>
        onPaper(own, "request", { ...given, action: actions.requestPaymentOnPaper }),
      )),
    );
  }
  return tasks;
}

export async function paymentTasks(scene: Scene, payment: PaymentStep): Promise<MoneyTask[]> {
  const t = await texts();
  const { id, state } = payment;
  const key = (name: string) => `${name}-${id}`;
  const hidden = () => ({ id, command: crypto.randomUUID() });
  const tasks: MoneyTask[] = [];
  if (may(scene, "payments:check", { payment: state }))
    tasks.push({
      ...{ key: key("check"), title: t("check") },
      form: { action: actions.checkPayment, hidden: hidden(), fields: [], submitLabel: t("checkButton") },
    });
  if (may(scene, "payments:reduce", { payment: state }))
    tasks.push({
      ...{ key: key("reduce"), title: t("reduce") },
      form: {
        ...{
          action: actions.reducePayment,
          hidden: hidden(),
          submitLabel: t("reduceButton"),
          look: "secondary",
        },
        fields: [
          { kind: "money", name: "amount", label: t("reduceAmount") },
          { kind: "area", name: "reason", label: t("reason"), rows: 3 },
        ],
      },
    });
  if (may(scene, "payments:liquidate", { payment: state }))
    tasks.push({
      ...{ key: key("liquidate"), title: t("liquidate") },
      form: {
        ...{ action: actions.liquidatePayment, hidden: hidden(), fields: await actFields() },
        submitLabel: t("liquidateButton"),
      },
    });
  if (may(scene, "payments:order", { payment: state }))
    tasks.push({
      ...{ key: key("order"), title: t("order") },
      form: {
        ...{
          action: actions.orderPayment,
          hidden: hidden(),
          submitLabel: t("orderButton"),
          submitIcon: "send",
        },
        fields: [{ kind: "text", name: "orderNumber", label: t("orderNumber"), hint: t("orderNumberHint") }],
        confirm: confirmationOf("orderPayment", payment, scene.locale),
      },
    });
  if (may(scene, "payments:recordPaid", { payment: state }))
    tasks.push({
      ...{ key: key("outcome"), title: t("outcome"), text: t("outcomeText") },
      form: {
        ...{
          action: actions.recordOutcome,
          hidden: hidden(),
          submitLabel: t("outcomeButton"),
          submitIcon: "check",
        },
        fields: [
          {
            ...{ kind: "radio", name: "outcome", label: t("outcomeField") },
            options: [
              { value: "paid", label: t("outcomePaid") },
              { value: "returned", label: t("outcomeReturned") },
            ],
          },
          { kind: "text", name: "reference", label: t("outcomeReference") },
          { kind: "date", name: "on", label: t("outcomeOn"), max: todayInItaly() },
          await fileField("document", t("outcomeFile")),
        ],
      },
    });
  return tasks;
}

export function may({ viewer, municipality }: Scene, step: TransactionName, states: States): boolean {
  return canTake(viewer, municipality, step, states);
}

/** What is read before something that cannot be undone: the milestone where it is one, and the amount. */
export function confirmationOf(
  what: ConfirmationTexts["what"],
  { amountCents, ...of }: { amountCents: bigint; number?: number; title?: string },
  locale: Locale,
): ConfirmationTexts {
  const about =
    of.title === undefined ? [] : [{ name: "about" as const, value: `${of.number}. ${of.title}` }];
  return { what, facts: [...about, { name: "amount", value: formatMoney(amountCents, locale) }] };
}

/** An amount as it is typed into a form in a language. */
function typed(cents: bigint, locale: Locale): string {
  const separator = locale === "it" ? "," : ".";
  return `${cents / 100n}${separator}${String(cents % 100n).padStart(2, "0")}`;
}
