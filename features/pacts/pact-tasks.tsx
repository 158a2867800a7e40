import { getLocale, getTranslations } from "next-intl/server";
import type { ConfirmationTexts } from "@/components/ui/confirmation";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Task } from "@/components/ui/task";
import { actFields, fileField } from "@/features/documents/act-field-queries";
import { onPaper } from "@/features/papers/paper-task-queries";
import { formatDate } from "@/lib/format";
import { todayInItaly } from "@/lib/local-time";
import { can, canTake, type Viewer } from "@/lib/permissions";
import { endedStates } from "@/protocol/records/pacts";
import type { TransactionName } from "@/protocol/transactions";
import { allows } from "@/protocol/workflow/table";
import {
  activatePact,
  approvePact,
  declareInterest,
  interruptPact,
  recordInsurance,
  recordSafetyBriefing,
  signPact,
  signPactOnPaper,
  withdrawPact,
} from "./actions";
import type { PactView } from "./queries";

/** What this person can do with a pact as it stands. */
export async function PactTasks({
  municipality,
  pact,
  viewer,
}: {
  municipality: string;
  pact: PactView;
  viewer: Viewer;
}) {
  const t = await getTranslations("pacts");
  const tasks = await tasksFor(municipality, pact, viewer);
  if (tasks.length === 0) return null;
  return (
    <section className="space-y-4 print:hidden">
      <h2>{t("whatNow")}</h2>
      <div className="space-y-3">
        {tasks.map(({ key, title, text, form }) => (
          <Task key={key} title={title} open={tasks.length === 1}>
            {text && <p>{text}</p>}
            <FieldsForm id={key} {...form} />
          </Task>
        ))}
      </div>
    </section>
  );
}

type PactTask = {
  key: string;
  title: string;
  text?: string;
  form: Omit<Parameters<typeof FieldsForm>[0], "id">;
};

/** The words of each step under `pacts.do`. */
const labels = {
  "pacts:approveDistrict": "approveDistrict",
  "pacts:approveGiunta": "approveGiunta",
  "pacts:noteGiunta": "noteGiunta",
  "pacts:suspend": "suspend",
  "pacts:resume": "resume",
  "pacts:terminate": "terminate",
} as const;

async function tasksFor(municipality: string, pact: PactView, viewer: Viewer): Promise<PactTask[]> {
  const [t, locale] = await Promise.all([getTranslations("pacts.do"), getLocale()]);
  const hidden = () => ({ id: pact.id, command: crypto.randomUUID() });
  const { state } = pact;
  const tasks: PactTask[] = [];
  const takes = (step: TransactionName) => canTake(viewer, municipality, step, { pact: state });
  for (const transaction of ["pacts:approveDistrict", "pacts:approveGiunta", "pacts:noteGiunta"] as const) {
    const label = labels[transaction];
    if (takes(transaction))
      tasks.push({
        ...{ key: label, title: t(label) },
        form: {
          ...{ action: approvePact, hidden: { ...hidden(), transaction }, fields: await actFields() },
          ...{ submitLabel: t("approveButton"), submitIcon: "seal" },
        },
      });
  }
  if (allows("pacts:sign", { pact: state }))
    for (const { id: party, name, canSign, isSubject, signedOn } of pact.parties) {
      const own = { key: `sign-${party}`, title: t("sign", { party: name }) };
      const said = {
        ...{ ...hidden(), party, version: String(pact.record.version) },
        documentHash: pact.record.documentHash,
      };
      if (canSign && (!isSubject || pact.hasKey))
        tasks.push({
          ...{ ...own, text: t("signText") },
          form: {
            ...{ action: signPact, hidden: said, fields: [], submitIcon: "handshake" },
            submitLabel: t("signButton", { version: pact.record.version }),
          },
        });
      if (isSubject && !canSign && signedOn === null && takes("papers:record"))
        tasks.push(await onPaper(own, "pact", { action: signPactOnPaper, hidden: said, fields: [] }));
    }
  if (takes("pacts:recordInsurance"))
    tasks.push({
      ...{ key: "insurance", title: t("insurance") },
      form: {
        ...{ action: recordInsurance, hidden: hidden(), submitLabel: t("insurance"), submitIcon: "shield" },
        fields: [
          await fileField("document", t("insuranceFile")),
          { kind: "date", name: "validUntil", label: t("validUntil"), min: todayInItaly() },
        ],
      },
    });
  if (takes("pacts:recordSafetyBriefing"))
    tasks.push({
      ...{ key: "briefing", title: t("briefing") },
      form: {
        ...{
          action: recordSafetyBriefing,
          hidden: hidden(),
          submitLabel: t("briefing"),
          submitIcon: "tools",
        },
        fields: [
          await fileField("document", t("briefingFile")),
          { kind: "date", name: "heldOn", label: t("heldOn"), max: todayInItaly() },
        ],
      },
    });
  if (takes("pacts:activate"))
    tasks.push({
      ...{ key: "activate", title: t("activate"), text: t("activateText") },
      form: {
        ...{ action: activatePact, hidden: hidden(), fields: [], submitLabel: t("activate") },
        submitIcon: "check-circle",
      },
    });
  const confirmation = (what: "terminatePact" | "withdrawPact"): ConfirmationTexts => ({
    what,
    facts: [
      { name: "about", value: pact.title },
      { name: "until", value: formatDate(pact.record.endsOn, locale) },
    ],
  });
  const reason: FormField = { kind: "area", name: "reason", label: t("reason") };
  for (const transaction of ["pacts:suspend", "pacts:resume", "pacts:terminate"] as const) {
    const label = labels[transaction];
    if (takes(transaction))
      tasks.push({
        ...{ key: label, title: t(label) },
        form: {
          ...{ action: interruptPact, hidden: { ...hidden(), transaction }, fields: [reason] },
          ...{ submitLabel: t(label), look: label === "resume" ? ("primary" as const) : ("danger" as const) },
          ...(label === "terminate" && { confirm: confirmation("terminatePact") }),
        },
      });
  }
  if (takes("pacts:withdraw"))
    tasks.push({
      ...{ key: "withdraw", title: t("withdraw"), text: t("withdrawText") },
      form: {
        ...{ action: withdrawPact, hidden: hidden(), fields: [reason, ...(await actFields())] },
        ...{ submitLabel: t("withdraw"), look: "danger" as const },
        confirm: confirmation("withdrawPact"),
      },
    });
  const subjects = pact.record.parties.flatMap(({ subject }) => subject ?? []);
  if (
    !endedStates.includes(state) &&
    subjects.length > 0 &&
    can(viewer, municipality, "subjects:declareInterest")
  )
    tasks.push({
      ...{ key: "interest", title: t("interest"), text: t("interestText") },
      form: {
        ...{ action: declareInterest, hidden: { command: crypto.randomUUID() } },
        fields: [
          {
            ...{ kind: "select", name: "id", label: t("interestSubject"), empty: t("choose") },
            options: subjects.map((subject) => ({ value: subject, label: nameOf(pact, subject) })),
          },
        ],
        ...{ submitLabel: t("interestButton"), look: "secondary" as const },
      },
    });
  return tasks;
}

function nameOf({ record, parties }: PactView, subject: string): string {
  const party = record.parties.find((one) => one.subject === subject);
  return parties.find(({ id }) => id === party?.id)?.name ?? subject;
}
