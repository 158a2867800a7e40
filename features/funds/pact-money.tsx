import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { LedgerMark } from "@/components/ledger-mark";
import { DaysLeft } from "@/components/ui/days-left";
import { DemoMark } from "@/components/ui/demo-mark";
import { FieldsForm } from "@/components/ui/fields-form";
import { Italian } from "@/components/ui/italian";
import { PlainLink, TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Reason } from "@/components/ui/reason";
import { State } from "@/components/ui/state";
import { Task } from "@/components/ui/task";
import { chainDay } from "@/features/calls/queries";
import { publicReason } from "@/features/documents/reason-queries";
import { formatMoney } from "@/lib/format";
import type { Viewer } from "@/lib/permissions";
import { datePhrases } from "@/lib/phrases";
import { duesOf } from "@/protocol/workflow/awaited";
import { daysOf, termSources } from "@/protocol/workflow/terms";
import { carryOverTasks } from "./carry-over-tasks";
import type { CommitmentView, MilestoneView } from "./commitment-queries";
import { beyondTask, milestoneExceptions, paymentExceptions, releaseTasks } from "./exceptions-tasks";
import { MilestoneObjections, objectionTasks } from "./milestone-objections";
import { PaymentReasons } from "./payment-reasons";
import { PaymentStateMark } from "./payments-table";
import {
  commitmentTasks,
  type MoneyTask,
  milestoneTasks,
  newCommitmentTask,
  paymentTasks,
  reportTasks,
  type Scene,
} from "./tasks";

export type PactOfMoney = Scene["pact"];
type Place = { istatCode: string; slug: string };

/** The money of a pact with what this person can do at each place of it. */
export async function PactMoney({
  municipality,
  pact,
  commitments,
  viewer,
}: {
  municipality: Place;
  pact: PactOfMoney;
  commitments: readonly CommitmentView[];
  viewer: Viewer | undefined;
}) {
  const t = await getTranslations("funds");
  const pacts = await getTranslations("pacts");
  const locale = await getLocale();
  const day = await chainDay(municipality.istatCode);
  const scene = { municipality: municipality.istatCode, pact, viewer, locale };
  return (
    <>
      {commitments.length === 0 && <p>{pacts("noMoney")}</p>}
      <Tasks tasks={[...(await newCommitmentTask(scene)), ...(await beyondTask(scene))]} />
      {
        await Promise.all(
          commitments.map(async (commitment) => (
            <article key={commitment.id} className="space-y-4 border-line border-t pt-6">
              <h3>
                {t("commitment", {
                  amount: formatMoney(commitment.amountCents, locale),
                  payee: commitment.payeeName || t("nodes.person"),
                })}{" "}
                <DemoMark fictional={commitment.fictional} />
              </h3>
              <p>
                {commitment.line.name} ({commitment.line.fund}, {commitment.line.year}) –{" "}
                {t(`types.${commitment.type as "goods"}`)}
                {commitment.cup && ` – ${t("cup")} ${commitment.cup}`}
                {commitment.cig && ` – ${t("cig")} ${commitment.cig}`}
              </p>
              <LedgerMark
                municipality={municipality.slug}
                status={{
                  state: "recorded",
                  block: Number(commitment.block),
                  transaction: commitment.transactionId,
                }}
              />
              <Carried commitment={commitment} day={day} />
              {commitment.publishedOn && (
                <p>{t("published", datePhrases("day", commitment.publishedOn, locale))}</p>
              )}
              <Tasks
                tasks={[
                  ...(await commitmentTasks(scene, commitment)),
                  ...(await releaseTasks(scene, commitment)),
                  ...(await carryOverTasks(scene, commitment, day)),
                ]}
              />
              <ol className="space-y-6">
                {
                  await Promise.all(
                    commitment.milestones.map(async (milestone) => (
                      <Milestone
                        key={milestone.id}
                        scene={scene}
                        municipality={municipality.slug}
                        milestone={milestone}
                        day={day}
                        fictional={commitment.fictional}
                        tasks={[
                          ...(await milestoneTasks(scene, milestone)),
                          ...(await milestoneExceptions(scene, milestone)),
                          ...(await objectionTasks(scene, milestone)),
                        ]}
                        paymentTasks={
                          new Map(
                            await Promise.all(
                              milestone.payments.map(
                                async (payment) =>
                                  [
                                    payment.id,
                                    [
                                      ...(await paymentTasks(scene, payment)),
                                      ...(await paymentExceptions(scene, payment)),
                                    ],
                                  ] as const,
                              ),
                            ),
                          )
                        }
                      />
                    )),
                  )
                }
              </ol>
              {commitment.reports.length > 0 && (
                <ul className="space-y-2">
                  {commitment.reports.map(({ id, dueOn, submittedOn }) => (
                    <li key={id}>
                      {t("reportDue", datePhrases("day", dueOn, locale))}
                      {" – "}
                      {submittedOn ? (
                        t("reportDone", datePhrases("day", submittedOn, locale))
                      ) : (
                        <DaysLeft until={dueOn} day={day} />
                      )}
                    </li>
                  ))}
                </ul>
              )}
              <Tasks tasks={await reportTasks(scene, commitment)} />
            </article>
          )),
        )
      }
    </>
  );
}

/** From which year a commitment came, what went on to later ones, and what its own year left. */
function Carried({ commitment, day }: { commitment: CommitmentView; day: string }) {
  const [t, locale] = [useTranslations("funds"), useLocale()];
  const { line, carriedFrom, carries, leftCents } = commitment;
  const isOver = line.year < Number(day.slice(0, 4));
  const wordsOf = ({ name, year, on }: { name: string; year: number; on: string }) => ({
    ...{ line: name, year: String(year) },
    ...datePhrases("day", on, locale),
  });
  if (!carriedFrom && !isOver) return null;
  return (
    <ul className="max-w-text space-y-1">
      {carriedFrom && <li>{t("carriedFrom", wordsOf(carriedFrom))}</li>}
      {carries.map((carry) => (
        <li key={`${carry.year} ${carry.on} ${carry.amountCents}`}>
          {t("carriedTo", { ...wordsOf(carry), amount: formatMoney(carry.amountCents, locale) })}
        </li>
      ))}
      {isOver && <li>{t("residual", { year: String(line.year) })}</li>}
      {isOver && leftCents > 0n && <li>{t("toCarry", { left: formatMoney(leftCents, locale) })}</li>}
    </ul>
  );
}

/** States to which somebody in office took a milestone with a reason for whoever did the work. */
const decidedWithReason = ["planned", "partially_accepted", "rejected", "cancelled"];

async function Milestone({
  scene,
  municipality,
  milestone,
  day,
  fictional,
  tasks,
  paymentTasks: ofPayment,
}: {
  scene: Scene;
  municipality: string;
  milestone: MilestoneView;
  day: string;
  fictional: boolean;
  tasks: readonly MoneyTask[];
  paymentTasks: ReadonlyMap<string, readonly MoneyTask[]>;
}) {
  const [t, locale] = await Promise.all([getTranslations("funds"), getLocale()]);
  const { number, title, deliverable, dueOn, amountCents, state, files } = milestone;
  const isDone = state === "accepted" || state === "partially_accepted";
  return (
    <li
      id={`milestone-${milestone.id}`}
      className="scroll-mt-4 space-y-3 rounded-smooth bg-sunken p-4 outline-2 outline-transparent target:outline-focus"
    >
      <h4 className="flex flex-wrap items-center gap-2">
        {number}. <Italian>{title}</Italian>
        <State icon={isDone ? "check-circle" : "flag"} tone={isDone ? "success" : "neutral"}>
          {t(`milestoneStates.${state as "planned"}`)}
        </State>
      </h4>
      <p>
        <Money cents={amountCents} /> <DemoMark fictional={fictional} /> –{" "}
        {t("due", datePhrases("date", dueOn, locale))}
      </p>
      <Terms terms={duesOf("milestone", state, daysOf.milestone(milestone.record, noWait))} day={day} />
      <p>
        <Italian>{deliverable}</Italian>
      </p>
      <LedgerMark
        municipality={municipality}
        status={{ state: "recorded", block: Number(milestone.block), transaction: milestone.transactionId }}
      />
      {files.length > 0 && (
        <ul className="space-y-1">
          {files.map((file) => (
            <li key={file.id}>
              <PlainLink href={file.href} icon="paperclip">
                <bdi>{file.name}</bdi>
              </PlainLink>
            </li>
          ))}
        </ul>
      )}
      <p className="print:hidden">
        <TextLink
          href={{
            pathname: "/[municipality]/comments/on/[type]/[subject]",
            params: { municipality, type: "milestone", subject: milestone.id },
          }}
        >
          {t("talk", { number })}
        </TextLink>
      </p>
      {decidedWithReason.includes(state) && (
        <Reason text={await publicReason(scene.municipality, milestone.record.reasonDigest)} />
      )}
      <MilestoneObjections scene={scene} milestone={milestone} />
      <Tasks tasks={tasks} />
      {milestone.payments.map((payment) => (
        <div key={payment.id} className="space-y-2 border-line border-t pt-3">
          <p className="flex flex-wrap items-center gap-2">
            <TextLink
              href={{
                pathname: "/[municipality]/funds/[payment]",
                params: { municipality, payment: payment.id },
              }}
            >
              {t("payment")}: <Money cents={payment.amountCents} />
            </TextLink>
            <PaymentStateMark state={payment.state} />
          </p>
          <PaymentReasons municipality={scene.municipality} decided={payment.decided} />
          <Terms terms={duesOf("payment", payment.state, daysOf.payment(payment))} day={day} />
          <Tasks tasks={ofPayment.get(payment.id) ?? []} />
        </div>
      ))}
    </li>
  );
}

/** Nothing is due by the days in which a verification can be challenged. */
const noWait = { challengeDays: 0 };

/** By when the next step should be taken, how far off that is, and by which rule. */
function Terms({ terms, day }: { terms: ReturnType<typeof duesOf>; day: string }) {
  const t = useTranslations("funds");
  const rules = useTranslations("workflow.terms");
  const locale = useLocale();
  const byTerm = new Map(terms.map(({ term, on }) => [term, on]));
  return [...byTerm].map(([term, on]) => {
    const source = termSources[term];
    return (
      <p key={term} className="text-base">
        {t("nextDue", datePhrases("date", on, locale))} (<DaysLeft until={on} day={day} />
        ):{" "}
        <span className="text-ink-soft">
          {rules(term, { days: typeof source === "number" ? source : 0 })}
        </span>
      </p>
    );
  });
}

function Tasks({ tasks }: { tasks: readonly MoneyTask[] }) {
  if (tasks.length === 0) return null;
  return (
    <div className="space-y-3 print:hidden">
      {tasks.map(({ key, title, text, form }) => (
        <Task key={key} title={title}>
          {text && <p>{text}</p>}
          <FieldsForm id={key} {...form} />
        </Task>
      ))}
    </div>
  );
}
