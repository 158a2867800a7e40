import { getLocale, getTranslations } from "next-intl/server";
import { FieldsForm } from "@/components/ui/fields-form";
import { State } from "@/components/ui/state";
import { datePhrases } from "@/lib/phrases";
import { allows } from "@/protocol/workflow/table";
import { lastObjectionDay } from "@/protocol/workflow/terms";
import { objectToRound } from "./actions";
import type { ObjectionView, RoundView } from "./queries";

/** Objections to a result: their state for all, their words for who wrote them, and the form while there is time. */
export async function Objections({
  round,
  objections,
  signedIn,
}: {
  round: RoundView;
  objections: readonly ObjectionView[];
  signedIn: boolean;
}) {
  const [t, locale] = await Promise.all([getTranslations("rounds.objections"), getLocale()]);
  const last = lastObjectionDay(round.record);
  const isOpen = allows("rounds:object", { round: round.state });
  return (
    <section className="space-y-4">
      <h2>{t("title")}</h2>
      <p className="max-w-text">{t("lead")}</p>
      {last && isOpen && <p>{t("until", datePhrases("date", last, locale))}</p>}
      {objections.length === 0 && <p>{t("none")}</p>}
      <ul className="max-w-form space-y-3">
        {objections.map(({ id, raisedOn, upheld, own, text }) => (
          <li key={id} className="space-y-1 border-line border-b pb-3">
            <p className="flex flex-wrap gap-2">
              <span>{t("raised", datePhrases("date", raisedOn, locale))}</span>
              <State
                icon={upheld === null ? "hourglass" : "scale"}
                tone={upheld === null ? "warning" : "info"}
              >
                {upheld === null ? t("open") : upheld ? t("upheld") : t("dismissed")}
              </State>
            </p>
            {own && text && <p>{text}</p>}
          </li>
        ))}
      </ul>
      {isOpen && signedIn && (
        <FieldsForm
          id="objection"
          action={objectToRound}
          hidden={{ id: round.id, command: crypto.randomUUID() }}
          fields={[{ kind: "area", name: "text", label: t("text"), hint: t("hint") }]}
          submitLabel={t("submit")}
          submitIcon="send"
        />
      )}
    </section>
  );
}
