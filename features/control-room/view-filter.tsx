import { useTranslations } from "next-intl";
import { FilterBar, FilterDay, FilterSelect } from "@/components/ui/filter-bar";
import { paymentStates } from "@/protocol/records/money";
import { pactForms } from "@/protocol/records/pacts";
import type { Choices } from "./queries";
import { groupings, type View } from "./view";

type Names = { line: string | null; payee: string | null; commons: string | null };

/** The view as a form: what was chosen by following a sum stays, and is said. */
export function ViewFilter({
  municipality,
  action,
  view,
  choices,
  names,
  isNarrowed,
}: {
  municipality: string;
  action: string;
  view: View;
  choices: Choices;
  names: Names;
  isNarrowed: boolean;
}) {
  const t = useTranslations("controlRoom");
  const forms = useTranslations("pacts.forms");
  const states = useTranslations("funds.payStates");
  const people = useTranslations("funds.nodes");
  const followed = [
    ["linea", view.linea, names.line],
    ["beneficiario", view.beneficiario, names.payee || people("person")],
    ["bene", view.bene, names.commons],
  ] as const;
  const kept = followed.filter(([, value]) => value !== undefined);
  return (
    <>
      {kept.length > 0 && (
        <p>{t("within", { what: kept.map(([, value, name]) => name ?? value).join(", ") })}</p>
      )}
      <FilterBar
        action={action}
        folded
        {...(isNarrowed && {
          clear: { pathname: "/[municipality]/control-room", params: { municipality } } as const,
        })}
      >
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <FilterSelect
          name="per"
          label={t("filters.per")}
          value={view.per}
          options={groupings.map((value) => ({ value, label: t(`per.${value}`) }))}
        />
        <FilterDay name="al" label={t("filters.day")} value={view.al} />
        <FilterSelect
          name="anno"
          label={t("filters.year")}
          value={view.anno === undefined ? undefined : String(view.anno)}
          options={choices.years.map((year) => ({ value: String(year), label: String(year) }))}
        />
        <FilterSelect
          name="fondo"
          label={t("filters.fund")}
          value={view.fondo}
          options={choices.funds.map((fund) => ({ value: fund, label: fund }))}
        />
        <FilterSelect
          name="circoscrizione"
          label={t("filters.district")}
          value={view.circoscrizione === undefined ? undefined : String(view.circoscrizione)}
          options={choices.districts.map((number) => ({
            value: String(number),
            label: t("district", { number }),
          }))}
        />
        <FilterSelect
          name="forma"
          label={t("filters.form")}
          value={view.forma}
          options={pactForms.map((value) => ({ value, label: forms(value) }))}
        />
        <FilterSelect
          name="stato"
          label={t("filters.state")}
          value={view.stato}
          options={paymentStates.map((value) => ({ value, label: states(value) }))}
        />
      </FilterBar>
    </>
  );
}
