import { useTranslations } from "next-intl";
import { FilterBar, FilterSearch, FilterSelect } from "@/components/ui/filter-bar";
import { TabBar } from "@/components/ui/tab-bar";

export type GrantsAddress = { anno: string; q: string; ufficio: string };

/** Years as views of the list, and within one a search and an office; all of it stands in the address. */
export function GrantsFilter({
  municipality,
  action,
  years,
  offices,
  address,
}: {
  municipality: string;
  action: string;
  years: readonly number[];
  offices: readonly string[];
  address: GrantsAddress;
}) {
  const t = useTranslations("grants");
  const href = (anno: string) => ({
    pathname: "/[municipality]/grants" as const,
    params: { municipality },
    query: { anno },
  });
  const isFiltered = address.q !== "" || address.ufficio !== "";
  return (
    <>
      <TabBar
        label={t("year")}
        items={years.map((year) => ({
          href: href(String(year)),
          label: String(year),
          current: address.anno === String(year),
        }))}
      />
      <FilterBar action={action} clear={isFiltered ? href(address.anno) : undefined}>
        <input type="hidden" name="anno" value={address.anno} />
        <FilterSearch name="q" label={t("search")} value={address.q} />
        <FilterSelect
          name="ufficio"
          label={t("office")}
          value={address.ufficio}
          options={offices.map((office) => ({ value: office, label: office }))}
        />
      </FilterBar>
    </>
  );
}
