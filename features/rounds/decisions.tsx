import { getTranslations } from "next-intl/server";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm } from "@/components/ui/fields-form";
import { State } from "@/components/ui/state";
import { Task } from "@/components/ui/task";
import { actFields } from "@/features/documents/act-field-queries";
import { canTake, type Viewer } from "@/lib/permissions";
import { allows } from "@/protocol/workflow/table";
import { abandonProposal, decideProposal } from "./actions";
import { projectStates, type RoundView } from "./queries";

/** The decision on each project of a final round: the vote prepares it, an act takes it. */
export async function ProjectDecisions({
  municipality,
  round,
  viewer,
}: {
  municipality: string;
  round: RoundView;
  viewer: Viewer;
}) {
  const [t, states, fields, rows] = await Promise.all([
    getTranslations("rounds.office"),
    getTranslations("states.proposal"),
    actFields(),
    projectStates(
      municipality,
      round.projectViews.map(({ proposal }) => proposal),
    ),
  ]);
  const decide = (id: string, proposal: string, funded: boolean) => (
    <FieldsForm
      id={id}
      action={decideProposal}
      hidden={{
        ...{ id: round.id, proposal, command: crypto.randomUUID() },
        funded: funded ? "yes" : "no",
      }}
      fields={fields}
      submitLabel={funded ? t("decideSubmitFund") : t("decideSubmitReserve")}
      submitIcon="check"
    />
  );
  const selected = new Set(round.record.outcome?.selected ?? []);
  return (
    <section className="space-y-6">
      <h2>{t("decide")}</h2>
      {round.projectViews.map(({ number, title, proposal }) => {
        const state = rows.get(proposal) ?? "on_ballot";
        const isFunded = selected.has(number);
        const isUndecided = allows("proposals:reserve", { proposal: state });
        return (
          <Task
            key={proposal}
            title={
              <span className="flex flex-wrap items-center gap-2">
                {t("decideProject", { number, title })}
                <State icon={isUndecided ? "hourglass" : "check-circle"}>
                  {states(state as "on_ballot")}
                </State>
              </span>
            }
          >
            {isUndecided && decide(`decide-${number}`, proposal, isFunded)}
            {isUndecided && isFunded && (
              <Disclosure label={t("rival.title")} icon="warning">
                <p className="max-w-text">{t("rival.text")}</p>
                {decide(`reserve-${number}`, proposal, false)}
              </Disclosure>
            )}
            {!isUndecided && allows("proposals:fund", { proposal: state }) && (
              <Disclosure label={t("fromReserve.title")} icon="check-circle">
                <p className="max-w-text">{t("fromReserve.text")}</p>
                {decide(`decide-${number}`, proposal, true)}
              </Disclosure>
            )}
            {canTake(viewer, municipality, "proposals:abandon", { proposal: state }) && (
              <Disclosure label={t("abandon.title")} icon="x-circle">
                <p className="max-w-text">{t("abandon.text")}</p>
                <FieldsForm
                  id={`abandon-${number}`}
                  action={abandonProposal}
                  hidden={{ id: proposal, command: crypto.randomUUID() }}
                  fields={[
                    { kind: "area", name: "reason", label: t("reason"), hint: t("abandon.reasonHint") },
                    ...fields,
                  ]}
                  submitLabel={t("abandon.submit")}
                  submitIcon="x-circle"
                  look="danger"
                  confirm={{ what: "abandonProposal", facts: [{ name: "about", value: title }] }}
                />
              </Disclosure>
            )}
          </Task>
        );
      })}
    </section>
  );
}
