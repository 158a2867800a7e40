/** The workflow table printed for people who read the repository: Markdown, and each record's states as a drawing. */
import { createTranslator } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
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
import { edgesOf, stateGraph } from "./state-graph";
import { StatePicture } from "./state-picture";

/** Where the printed table is, from the root of the repository. */
export const printedFolder = "docs/workflow";

/**
 * The text of each file of the printed table, by its name.
 * @param messages the application's English texts
 */
export function printedFiles(messages: object): Map<string, string> {
  const t = createTranslator({ locale: "en", messages }) as unknown as Translate;
  const files = new Map([["README.md", markdown(t)]]);
  for (const { records } of sections)
    for (const record of records) files.set(`${record}.svg`, `${picture(t, record)}\n`);
  return files;
}

function markdown(t: Translate): string {
  const lines = [
    "# The workflow",
    "",
    "Printed by `npm run workflow` from the table in `protocol/workflow/table.ts`, from which the chaincode's guard, what waits",
    "for whom, what happens next, the forms of a page and the page *How it works* come as well. It is not written by hand.",
    "",
    t("workflow.page.reading"),
    "",
    ...sections.flatMap((section) => sectionLines(t, section)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function sectionLines(t: Translate, section: Section): string[] {
  const columns = ["number", "step", "who", "effect", "needs", "days"].map((column) =>
    t(`workflow.page.${column}`),
  );
  return [
    `## ${t(`workflow.sections.${section.id}`)}`,
    "",
    ...section.records.flatMap((record) => [
      `![${titleOf(t, record)}: ${descriptionOf(t, record)}](${record}.svg)`,
      "",
    ]),
    `| ${columns.join(" | ")} |`,
    `|${columns.map(() => "---").join("|")}|`,
    ...stepsOf(section).map((transaction) => row(stepInWords(t, transaction))),
    "",
  ];
}

function row({ transaction, number, name, who, effects, needs, days }: StepInWords): string {
  const cell = (lines: readonly string[]) => lines.join("<br>").replaceAll("|", "\\|");
  const cells = [String(number), `${name} (\`${transaction}\`)`, who, cell(effects), cell(needs), cell(days)];
  return `| ${cells.join(" | ")} |`;
}

function titleOf(t: Translate, record: RecordType): string {
  return t("workflow.page.picture", { record: t(`workflow.records.${record}`) });
}

function descriptionOf(t: Translate, record: RecordType): string {
  const steps = new Set(edgesOf(record).flatMap(({ numbers }) => numbers)).size;
  return t("workflow.page.pictureText", { states: recordStates[record].length, steps });
}

function picture(t: Translate, record: RecordType): string {
  return renderToStaticMarkup(
    <StatePicture
      id={record}
      graph={stateGraph(record, (state) => stateInWords(t, record, state))}
      title={titleOf(t, record)}
      description={descriptionOf(t, record)}
      style={standAlone}
    />,
  );
}

/** In a file of its own a drawing follows the reader's theme by itself. */
const standAlone = [
  "svg{--page:#fff;color:#17191c;background:#fff;font-family:system-ui,sans-serif}",
  "@media(prefers-color-scheme:dark){svg{--page:#17191c;color:#f2f3f5;background:#17191c}}",
].join("");
