import { useLocale, useTranslations } from "next-intl";
import { ClientMessages } from "@/components/messages";
import { ActionButton } from "@/components/ui/action-button";
import { buttonClass } from "@/components/ui/button-class";
import { DateText, InstantText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { DemoMark } from "@/components/ui/demo-mark";
import { Renewing } from "@/components/ui/form/renewing";
import { Italian } from "@/components/ui/italian";
import { Money } from "@/components/ui/money";
import { stepName } from "@/features/workflow/rules";
import { assign } from "./actions";
import { DueRule } from "./due-rule";
import { AssignmentForm, ProtocolNumberForm } from "./duty-forms";
import type { DutyChange, QueueItem } from "./queue-queries";
import { waitingHref } from "./waiting-place";

/** A step with who does it, its number, and everything that was changed about the two. */
export function DutySheet({
  municipality,
  viewer,
  queue,
  of,
  day,
  item,
  people,
  history,
  revisions,
}: {
  municipality: string;
  /** Id of who looks. */
  viewer: string;
  /** As the address carries it. */
  queue: string;
  of: { transaction: string; record: string };
  day: string;
  item: QueueItem;
  people: readonly { id: string; name: string }[];
  history: { assignments: readonly DutyChange[]; numbers: readonly DutyChange[] };
  revisions: { assignment: number; number: number };
}) {
  const t = useTranslations("office.duty");
  const q = useTranslations("office.queue");
  const steps = useTranslations("workflow.steps");
  const locale = useLocale();
  const isOurs = item.assignee?.id === viewer;
  const assignment = { ...of, revision: revisions.assignment };
  return (
    <div className="space-y-10">
      <div className="space-y-4">
        <DefinitionList
          items={[
            { term: t("step"), description: stepName(steps, item.transaction) },
            ...(item.commonsName
              ? [{ term: q("commons"), description: <Italian>{item.commonsName}</Italian> }]
              : []),
            ...(item.amountCents === undefined
              ? []
              : [
                  {
                    term: q("amount"),
                    description: (
                      <>
                        <Money cents={item.amountCents} /> <DemoMark fictional={item.fictional === true} />
                      </>
                    ),
                  },
                ]),
            ...(item.since || item.sinceHour
              ? [
                  {
                    term: q("since"),
                    description: item.sinceHour ? (
                      <InstantText value={item.sinceHour} />
                    ) : (
                      <DateText value={item.since} />
                    ),
                  },
                ]
              : []),
            {
              term: q("due"),
              description: item.dueOn ? (
                <DueRule dueOn={item.dueOn} term={item.term} day={day} />
              ) : (
                q("noTerm")
              ),
            },
            { term: t("who"), description: people.map(({ name }) => name).join(", ") },
          ]}
        />
        {item.isOnItsWay && <p>{q("onItsWay")}</p>}
        <p>
          <a href={waitingHref(locale, municipality, item.place, queue)} className={buttonClass()}>
            {t("goTo")}
          </a>
        </p>
      </div>
      <p className="max-w-text text-ink-soft">{t("database")}</p>
      <section aria-labelledby="assignment-title" className="max-w-form space-y-4">
        <h2 id="assignment-title">{t("assignTitle")}</h2>
        <ClientMessages namespaces={["office"]}>
          {!isOurs && people.some(({ id }) => id === viewer) && (
            <ActionButton
              action={assign}
              fields={{ ...of, revision: String(assignment.revision), assignee: viewer }}
              icon="person"
            >
              {t("takeIt")}
            </ActionButton>
          )}
          <Renewing revision={assignment.revision}>
            <AssignmentForm of={assignment} people={people} current={item.assignee?.id ?? ""} />
          </Renewing>
        </ClientMessages>
        <Changes
          changes={history.assignments}
          sentence={({ by, assignee }) =>
            assignee === undefined
              ? t("gaveBack", { person: by })
              : assignee === by
                ? t("tookIt", { person: by })
                : t("assignedTo", { person: by, assignee })
          }
        />
      </section>
      <section aria-labelledby="number-title" className="max-w-form space-y-4">
        <h2 id="number-title">{t("numberTitle")}</h2>
        <ClientMessages namespaces={["office"]}>
          <Renewing revision={revisions.number}>
            <ProtocolNumberForm
              of={{ ...of, revision: revisions.number }}
              current={item.protocolNumber ?? ""}
            />
          </Renewing>
        </ClientMessages>
        <Changes
          changes={history.numbers}
          sentence={({ by, number }) =>
            number ? t("numbered", { person: by, number }) : t("unnumbered", { person: by })
          }
        />
      </section>
    </div>
  );
}

function Changes({
  changes,
  sentence,
}: {
  changes: readonly DutyChange[];
  sentence: (change: DutyChange) => string;
}) {
  const t = useTranslations("office.duty");
  return (
    <div className="space-y-2">
      <h3>{t("history")}</h3>
      {changes.length === 0 ? (
        <p>{t("noHistory")}</p>
      ) : (
        <ul className="divide-y divide-line border-line border-y">
          {changes.map((change) => (
            <li key={change.at.toISOString()} className="flex flex-wrap gap-x-4 py-2">
              <span className="text-ink-soft">
                <InstantText value={change.at} />
              </span>
              <span>{sentence(change)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
