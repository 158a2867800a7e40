import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Table } from "@/components/ui/table";
import type { RecordType } from "@/protocol/records";
import { recordStates } from "@/protocol/workflow/states";
import {
  type Section,
  type StepInWords,
  sections,
  stateInWords,
  stepInWords,
  stepsOf,
  type Translate,
} from "./description";
import { stepIcon } from "./rules";
import { edgesOf, stateGraph } from "./state-graph";
import { StatePicture } from "./state-picture";

/** Every rule of the workflow by its subject, each closed: its records' states as pictures, its steps as a table. */
export function WorkflowSections() {
  const t = useTranslations("workflow");
  return (
    <section aria-labelledby="rules" className="space-y-4">
      <h2 id="rules">{t("page.title")}</h2>
      <p className="max-w-text">{t("page.lead")}</p>
      <p className="max-w-text text-ink-soft">{t("page.reading")}</p>
      <div className="divide-y divide-line border-line border-y">
        {sections.map((section) => (
          <WorkflowSection key={section.id} section={section} />
        ))}
      </div>
    </section>
  );
}

function WorkflowSection({ section }: { section: Section }) {
  const t = useTranslations("workflow");
  const translate = useTranslations() as unknown as Translate;
  const name = t(`sections.${section.id}`);
  const steps = stepsOf(section);
  return (
    <details className="group">
      <summary className="flex min-h-14 list-none items-center justify-between gap-4 text-link">
        <h3 id={section.id} className="text-lg underline underline-offset-4">
          {name}
        </h3>
        <span className="flex items-center gap-3 text-base text-ink-soft">
          {t("page.stepCount", { count: steps.length })}
          <span className="inline-flex group-open:rotate-180">
            <Icon name="chevron-down" />
          </span>
        </span>
      </summary>
      <div className="space-y-6 pt-2 pb-8">
        <div className="flex flex-wrap items-start gap-8">
          {section.records.map((record) => (
            <Picture key={record} record={record} />
          ))}
        </div>
        <Table<StepInWords>
          caption={t("page.steps", { section: name })}
          rows={steps.map((transaction) => stepInWords(translate, transaction))}
          rowKey={({ transaction }) => transaction}
          columns={[
            {
              key: "step",
              header: t("page.step"),
              rowHeader: true,
              cell: ({ number, name: step, transaction }) => (
                <span className="flex gap-2">
                  <span className="pt-0.5">
                    <Icon name={stepIcon(transaction)} size="small" />
                  </span>
                  <span>
                    {number}. {step}
                  </span>
                </span>
              ),
            },
            { key: "who", header: t("page.who"), cell: ({ who }) => who },
            { key: "effect", header: t("page.effect"), cell: ({ effects }) => <Lines lines={effects} /> },
            {
              key: "needs",
              header: t("page.needs"),
              cell: ({ needs }) => <Lines lines={needs} empty={t("page.nothing")} />,
            },
            {
              key: "days",
              header: t("page.days"),
              cell: ({ days }) => <Lines lines={days} empty={t("page.anyTime")} />,
            },
          ]}
        />
      </div>
    </details>
  );
}

function Picture({ record }: { record: RecordType }) {
  const t = useTranslations("workflow");
  const translate = useTranslations() as unknown as Translate;
  const title = t("page.picture", { record: t(`records.${record}`) });
  const graph = stateGraph(record, (state) => stateInWords(translate, record, state));
  const steps = new Set(edgesOf(record).flatMap(({ numbers }) => numbers));
  return (
    <figure className="max-w-full space-y-2">
      <figcaption className="font-semibold">{title}</figcaption>
      <section
        aria-label={title}
        {...scrollable}
        className="max-w-full overflow-x-auto print:overflow-visible"
      >
        <StatePicture
          id={`states-${record}`}
          graph={graph}
          title={title}
          description={t("page.pictureText", { states: recordStates[record].length, steps: steps.size })}
        />
      </section>
    </figure>
  );
}

/** A drawing that is wider than the screen is moved sideways, with the keyboard too. */
const scrollable = { tabIndex: 0 };

function Lines({ lines, empty = "–" }: { lines: readonly string[]; empty?: string }) {
  if (lines.length === 0) return <span className="text-ink-soft">{empty}</span>;
  return (
    <ul className="space-y-1">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
