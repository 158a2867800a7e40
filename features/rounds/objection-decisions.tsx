import { getLocale, getTranslations } from "next-intl/server";
import { FieldsForm } from "@/components/ui/fields-form";
import { datePhrases } from "@/lib/phrases";
import { decideObjection } from "./actions";
import type { ObjectionView } from "./queries";

/** Objections that wait for the guarantors, each with its words and the form that decides it. */
export async function ObjectionDecisions({ objections }: { objections: readonly ObjectionView[] }) {
  const t = await getTranslations("rounds.office");
  const words = await getTranslations("rounds.objections");
  const locale = await getLocale();
  return (
    <section className="space-y-6">
      <h2>{words("title")}</h2>
      {objections
        .filter(({ upheld }) => upheld === null)
        .map(({ id, raisedOn, text }) => (
          <article key={id} className="max-w-form space-y-3 border-line border-b pb-6">
            <h3>{words("raised", datePhrases("date", raisedOn, locale))}</h3>
            <p className="whitespace-pre-line">{text}</p>
            <FieldsForm
              id={`objection-${id}`}
              action={decideObjection}
              hidden={{ id, command: crypto.randomUUID() }}
              fields={[
                {
                  ...{ kind: "radio", name: "upheld", label: t("decision") },
                  options: [
                    { value: "yes", label: t("upheld") },
                    { value: "no", label: t("dismissed") },
                  ],
                },
                { kind: "area", name: "reason", label: t("reason") },
              ]}
              submitLabel={t("objection")}
              submitIcon="scale"
            />
          </article>
        ))}
    </section>
  );
}
