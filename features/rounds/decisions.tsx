import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/messages";
import { FieldsForm } from "@/components/ui/fields-form";
import { State } from "@/components/ui/state";
import { Task } from "@/components/ui/task";
import { actFields } from "@/features/documents/act-field-queries";
import { decideProposal } from "./actions";
import { projectStates, type RoundView } from "./queries";

/** The decision on each project of a final round: the vote prepares it, an act takes it. */
export async function ProjectDecisions({ municipality, round }: { municipality: string; round: RoundView }) {
  const [t, states, fields, rows] = await Promise.all([
    getTranslations("rounds.office"),
    getTranslations("states.proposal"),
    actFields(),
    projectStates(
      municipality,
      round.projectViews.map(({ proposal }) => proposal),
    ),
  ]);
  const selected = new Set(round.record.outcome?.selected ?? []);
  return (
    <section className="space-y-6">
      <h2>{t("decide")}</h2>
      {round.projectViews.map(({ number, title, proposal }) => {
        const state = rows.get(proposal) ?? "on_ballot";
        const isFunded = selected.has(number);
        return (
          <Task
            key={proposal}
            title={
              <span className="flex flex-wrap items-center gap-2">
                {t("decideProject", { number, title })}
                <State icon={state === "on_ballot" ? "hourglass" : "check-circle"}>
                  {states(state as "on_ballot")}
                </State>
              </span>
            }
          >
            {state === "on_ballot" && (
              <ClientMessages namespaces={[]}>
                <FieldsForm
                  id={`decide-${number}`}
                  action={decideProposal}
                  hidden={{
                    ...{ id: round.id, proposal, command: crypto.randomUUID() },
                    funded: isFunded ? "yes" : "no",
                  }}
                  fields={fields}
                  submitLabel={isFunded ? t("decideSubmitFund") : t("decideSubmitReserve")}
                  submitIcon="check"
                />
              </ClientMessages>
            )}
          </Task>
        );
      })}
    </section>
  );
}
