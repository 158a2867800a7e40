import "server-only";
import { getTranslations } from "next-intl/server";
import type { FormField } from "@/components/ui/fields-form";
import { actFields, fileField } from "@/features/documents/act-field-queries";
import { formatMoney } from "@/lib/format";
import { allows } from "@/protocol/workflow/table";
import {
  type CommitmentView,
  commitmentChoices,
  type MilestoneView,
  type PaymentStep,
} from "./commitment-queries";
import * as actions from "./exceptions-actions";
import { confirmationOf, type MoneyTask, may, type Scene } from "./tasks";

const texts = () => getTranslations("funds.do");
const hidden = (id: string) => ({ id, command: crypto.randomUUID() });

/** An act that allows more than was voted: the Giunta's, before the money is committed. */
export async function beyondTask(scene: Scene): Promise<MoneyTask[]> {
  // It is for the money that this pact is about to have.
  const takesMoney = allows("funds:commit", { pact: scene.pact.state });
  if (!takesMoney || !may(scene, "proposals:allowBeyond", {})) return [];
  const t = await texts();
  const { lines } = await commitmentChoices(scene.municipality);
  return [
    {
      ...{ key: "beyond", title: t("beyond"), text: t("beyondText") },
      form: {
        action: actions.allowBeyond,
        hidden: { pact: scene.pact.id, command: crypto.randomUUID() },
        fields: [
          { kind: "money", name: "cost", label: t("beyondCost") },
          {
            ...{ kind: "select", name: "line", label: t("line"), empty: t("noOtherLine"), optional: true },
            options: lines.map(({ id, name, year }) => ({ value: id, label: `${name}, ${year}` })),
          },
          ...(await actFields()),
        ],
        ...{ submitLabel: t("beyondButton"), look: "secondary" },
      },
    },
  ];
}

/** Giving money back to its line, and settling what a pact that ended left. */
export async function releaseTasks(scene: Scene, commitment: CommitmentView): Promise<MoneyTask[]> {
  const t = await texts();
  const { id, amountCents, plannedCents, milestones } = commitment;
  const money = (cents: bigint) => formatMoney(cents, scene.locale);
  const tasks: MoneyTask[] = [];
  const unplanned = amountCents - plannedCents;
  const unasked = milestones.filter(({ acceptedCents, requestedCents }) => acceptedCents > requestedCents);
  if (may(scene, "funds:release", {}) && (unplanned > 0n || unasked.length > 0)) {
    const from: FormField = {
      ...{ kind: "select", name: "from", label: t("releaseFrom"), optional: true },
      empty: t("releaseUnplanned", { free: money(unplanned) }),
      options: unasked.map((milestone) => ({
        value: milestone.id,
        label: t("releaseMilestone", {
          number: milestone.number,
          free: money(milestone.acceptedCents - milestone.requestedCents),
        }),
      })),
    };
    tasks.push({
      ...{
        key: `release-${id}`,
        title: t("release"),
        text: t(commitment.carriedFrom ? "releaseCarriedText" : "releaseText"),
      },
      form: {
        ...{ action: actions.releaseMoney, hidden: hidden(id), submitLabel: t("releaseButton") },
        fields: [
          from,
          { kind: "money", name: "amount", label: t("amount") },
          { kind: "area", name: "reason", label: t("reason"), rows: 3 },
          ...(await actFields()),
        ],
        look: "secondary",
      },
    });
  }
  if (!commitment.settledOn && may(scene, "funds:allowSettlement", { pact: scene.pact.state }))
    tasks.push({
      ...{ key: `settlement-${id}`, title: t("settlement"), text: t("settlementText") },
      form: {
        ...{ action: actions.allowSettlement, hidden: hidden(id), fields: await actFields() },
        submitLabel: t("settlementButton"),
      },
    });
  return tasks;
}

/** Cancelling what nobody verified, and a second visit where the first was by the organisation that pays. */
export async function milestoneExceptions(scene: Scene, milestone: MilestoneView): Promise<MoneyTask[]> {
  const t = await texts();
  const { id, state } = milestone;
  const { verifiedBy, countersigned } = milestone.record;
  const tasks: MoneyTask[] = [];
  if (verifiedBy?.organisation === "Comune" && !countersigned)
    if (may(scene, "milestones:countersign", { milestone: state }))
      tasks.push({
        ...{ key: `countersign-${id}`, title: t("countersign"), text: t("countersignText") },
        form: {
          ...{ action: actions.countersignMilestone, hidden: hidden(id) },
          fields: [await fileField("report", t("verifyFile"))],
          ...{ submitLabel: t("countersignButton"), submitIcon: "check" },
        },
      });
  if (may(scene, "milestones:cancel", { milestone: state }))
    tasks.push({
      ...{ key: `cancel-${id}`, title: t("cancelMilestone") },
      form: {
        ...{ action: actions.cancelMilestone, hidden: hidden(id), look: "danger" },
        fields: [{ kind: "area", name: "reason", label: t("reason"), rows: 3 }, ...(await actFields())],
        confirm: confirmationOf("cancelMilestone", milestone, scene.locale),
        submitLabel: t("cancelMilestoneButton"),
      },
    });
  return tasks;
}

/** Turning a request down, and money that came back after it was paid. */
export async function paymentExceptions(scene: Scene, payment: PaymentStep): Promise<MoneyTask[]> {
  const t = await texts();
  const { id, state } = payment;
  const tasks: MoneyTask[] = [];
  if (may(scene, "payments:refuse", { payment: state }))
    tasks.push({
      ...{ key: `refuse-${id}`, title: t("refuse") },
      form: {
        ...{ action: actions.refusePayment, hidden: hidden(id), look: "danger" },
        fields: [{ kind: "area", name: "reason", label: t("reason"), rows: 3 }],
        confirm: confirmationOf("refusePayment", payment, scene.locale),
        submitLabel: t("refuseButton"),
      },
    });
  if (may(scene, "payments:recover", { payment: state }))
    tasks.push({
      ...{ key: `recover-${id}`, title: t("recover"), text: t("outcomeText") },
      form: {
        ...{ action: actions.recoverPayment, hidden: hidden(id), look: "secondary" },
        fields: [
          { kind: "money", name: "amount", label: t("recoverAmount") },
          { kind: "text", name: "reference", label: t("outcomeReference") },
          await fileField("document", t("outcomeFile")),
        ],
        confirm: confirmationOf("recoverPayment", payment, scene.locale),
        submitLabel: t("recoverButton"),
      },
    });
  return tasks;
}
