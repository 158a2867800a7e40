import { useTranslations } from "next-intl";
import { FilterBar, FilterSelect } from "@/components/ui/filter-bar";
import { actRoles } from "@/protocol/acts/roles";
import { organisations } from "@/protocol/primitives";
import type { OfficeFilter } from "./office-list";

/** For whom, in which role and whether today: the offices of many years are too many to read through. */
export function OfficeFilterBar({
  municipality,
  action,
  filter,
}: {
  municipality: string;
  action: string;
  filter: OfficeFilter;
}) {
  const t = useTranslations("register");
  const names = useTranslations("organisations");
  const roles = useTranslations("roles");
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <FilterBar
      action={action}
      folded
      {...(isFiltered && {
        clear: { pathname: "/[municipality]/register", params: { municipality } } as const,
      })}
    >
      <FilterSelect
        name="organizzazione"
        label={t("organisation")}
        value={filter.organizzazione}
        options={organisations.map((value) => ({ value, label: names(value) }))}
      />
      <FilterSelect
        name="ruolo"
        label={t("role")}
        value={filter.ruolo}
        options={actRoles.map((value) => ({ value, label: roles(value) }))}
      />
      <FilterSelect
        name="quando"
        label={t("when")}
        value={filter.quando}
        options={[{ value: "oggi", label: t("today") }]}
      />
    </FilterBar>
  );
}
