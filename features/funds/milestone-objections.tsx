import { getLocale, getTranslations } from "next-intl/server";
import { State } from "@/components/ui/state";
import { datePhrases } from "@/lib/phrases";
import type { MilestoneView } from "./commitment-queries";
import * as actions from "./objection-actions";
import { type MilestoneObjectionView, objectionsToMilestone } from "./objection-queries";
import { objectionBar } from "./objection-rules";
import { type MoneyTask, may, type Scene } from "./tasks";

/** What was objected to a verification, for everybody by its state, and its words for those whom they are for. */
export async function MilestoneObjections({ scene, milestone }: { scene: Scene; milestone: MilestoneView }) {
  const objections = await objectionsToMilestone(scene.municipality, milestone.record, scene.viewer);
  if (objections.length === 0) return null;
  const [t, errors, locale] = await Promise.all([
    getTranslations("funds.objections"),
    getTranslations("errors"),
    getLocale(),
  ]);
  const bar = may(scene, "milestones:object", { milestone: milestone.state }) && barOf(scene, milestone);
  return (
    <section className="space-y-2" aria-label={t("title")}>
      <p className="font-bold">{t("title")}</p>
      <ul className="max-w-text space-y-3">
        {objections.map(({ id, raisedOn, text, reason, ...objection }) => (
          <li key={id} className="space-y-1">
            <p className="flex flex-wrap gap-2">
              <span>{t("raised", datePhrases("date", raisedOn, locale))}</span>
              <State
                icon={objection.isOpen ? "hourglass" : "scale"}
                tone={objection.isOpen ? "warning" : "info"}
              >
                {t(stateOf(objection))}
              </State>
            </p>
            {text && <p className="whitespace-pre-line">{text}</p>}
            {reason && <p className="whitespace-pre-line">{t("reason", { reason })}</p>}
          </li>
        ))}
      </ul>
      {bar && <p>{errors(bar.code, bar.params)}</p>}
    </section>
  );
}

function barOf({ viewer }: Scene, { record }: MilestoneView) {
  return viewer && objectionBar(record, viewer.id);
}

function stateOf({ isOpen, upheld }: Pick<MilestoneObjectionView, "isOpen" | "upheld">) {
  if (isOpen) return "open";
  if (upheld === null) return "closed";
  return upheld ? "upheld" : "dismissed";
}

/** Objecting to a verification: anybody's who signed in. Deciding: a guarantor's. */
export async function objectionTasks(scene: Scene, milestone: MilestoneView): Promise<MoneyTask[]> {
  const { id, state } = milestone;
  const states = { milestone: state };
  if (!may(scene, "milestones:object", states)) return [];
  const [t, objections] = await Promise.all([
    getTranslations("funds.objections"),
    objectionsToMilestone(scene.municipality, milestone.record, scene.viewer),
  ]);
  const hidden = () => ({ id, command: crypto.randomUUID() });
  const open = objections.filter(({ isOpen }) => isOpen);
  const hasOwn = open.some(({ own }) => own);
  const decides = may(scene, "milestones:decideObjection", states) && !hasOwn;
  const tasks: MoneyTask[] = decides
    ? open.map((objection) => ({
        ...{ key: `decide-objection-${objection.id}`, title: t("decide"), text: objection.text ?? "" },
        form: {
          ...{
            action: actions.decideMilestoneObjection,
            hidden: { ...hidden(), objection: objection.id },
          },
          fields: [
            {
              ...{ kind: "radio", name: "upheld", label: t("decision") },
              options: [
                { value: "yes", label: t("upholdText") },
                { value: "no", label: t("dismissText") },
              ],
            },
            { kind: "area", name: "reason", label: t("reasonField"), rows: 3 },
          ],
          ...{ submitLabel: t("decideButton"), submitIcon: "scale" },
        },
      }))
    : [];
  // Whoever was paid for the work, or is to be, has nothing against its verification.
  if (!barOf(scene, milestone) && !scene.pact.isRepresentative)
    tasks.push({
      ...{ key: `object-${id}`, title: t("object"), text: t("objectText") },
      form: {
        ...{ action: actions.objectToMilestone, hidden: hidden() },
        fields: [{ kind: "area", name: "text", label: t("text"), hint: t("hint") }],
        ...{ submitLabel: t("submit"), submitIcon: "send", look: "secondary" },
      },
    });
  return tasks;
}
