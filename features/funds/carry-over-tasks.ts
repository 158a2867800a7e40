import "server-only";
import { getTranslations } from "next-intl/server";
import { actFields } from "@/features/documents/act-field-queries";
import { formatMoney } from "@/lib/format";
import * as actions from "./carry-over-actions";
import type { CommitmentView } from "./commitment-queries";
import { linesOfYear } from "./line-queries";
import { type MoneyTask, may, type Scene } from "./tasks";

/** Carrying over what a year that is over left of a commitment: the accounting office's. */
export async function carryOverTasks(
  scene: Scene,
  commitment: CommitmentView,
  day: string,
): Promise<MoneyTask[]> {
  const { id, line, leftCents } = commitment;
  const year = Number(day.slice(0, 4));
  if (line.year >= year || leftCents === 0n) return [];
  if (!may(scene, "funds:carryOver", { pact: scene.pact.state })) return [];
  const t = await getTranslations("funds.do");
  const lines = await linesOfYear(scene.municipality, id, year);
  const left = formatMoney(leftCents, scene.locale);
  return [
    {
      ...{ key: `carry-${id}`, title: t("carryOver", { year: String(year) }) },
      text: t("carryOverText", { left, year: String(line.year) }),
      form: {
        action: actions.carryOver,
        hidden: { id, command: crypto.randomUUID() },
        fields: [
          {
            ...{ kind: "select", name: "line", label: t("carryOverLine", { year: String(year) }) },
            ...{ empty: t("carryOverNew"), optional: true },
            options: lines.map(({ id: value, name: label }) => ({ value, label })),
          },
          {
            ...{ kind: "text", name: "name", label: t("carryOverName") },
            ...{ hint: t("carryOverNameHint"), optional: true },
          },
          ...(await actFields()),
        ],
        ...{ submitLabel: t("carryOverButton"), submitIcon: "calendar" },
      },
    },
  ];
}
