import { getTranslations } from "next-intl/server";
import { DateText } from "@/components/ui/date-text";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm } from "@/components/ui/fields-form";
import { giveUpOffice } from "./actions";
import { OfficeRole, OfficeState } from "./office-state";
import type { OfficeView } from "./queries";

/** A person's own offices, each with the form that gives it up. */
export async function OwnOffices({ offices }: { offices: readonly OfficeView[] }) {
  const t = await getTranslations("register");
  if (offices.length === 0) return <p>{t("ownNone")}</p>;
  return (
    <ul className="max-w-form divide-y divide-line border-line border-y">
      {offices.map((office) => (
        <li key={office.id} className="space-y-2 py-4">
          <p className="font-semibold">
            <OfficeRole {...office} />
          </p>
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <OfficeState {...office} />
            <span>
              {t("from")} <DateText value={office.from} />
            </span>
            {office.until !== undefined && (
              <span>
                {t("until")} <DateText value={office.until} />
              </span>
            )}
          </p>
          {office.phase !== "proposed" && (
            <Disclosure label={t("giveUp")} icon="x-circle" quiet>
              <div className="space-y-3">
                <p>{t("giveUpText")}</p>
                <FieldsForm
                  id={`give-up-${office.id}`}
                  action={giveUpOffice}
                  hidden={{ command: crypto.randomUUID(), id: office.id }}
                  fields={[]}
                  submitLabel={t("giveUp")}
                  submitIcon="x-circle"
                  look="danger"
                />
              </div>
            </Disclosure>
          )}
        </li>
      ))}
    </ul>
  );
}
