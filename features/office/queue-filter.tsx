import { useLocale, useTranslations } from "next-intl";
import { FilterBar, FilterInput, FilterSearch, FilterSelect } from "@/components/ui/filter-bar";
import { getPathname } from "@/lib/language/navigation";
import { type QueueFilter as Filter, isNarrowed, type QueueKind, queryOf, queueKinds } from "./queue";

/** What narrows the queue; all of it stands in the address. */
export function QueueFilter({
  municipality,
  filter,
  districts,
}: {
  municipality: string;
  filter: Filter;
  districts: readonly number[];
}) {
  const t = useTranslations("office.queue");
  const locale = useLocale();
  const href = { pathname: "/[municipality]/office", params: { municipality } } as const;
  const query = queryOf(filter, locale);
  return (
    <FilterBar
      folded
      action={getPathname({ href, locale })}
      {...(isNarrowed(filter) && { clear: { ...href, query: orderIn(query) } })}
    >
      <FilterSearch name="q" label={t("search")} value={filter.search} />
      <FilterSelect
        name="tipo"
        label={t("kind")}
        value={filter.kind}
        options={(Object.keys(queueKinds) as QueueKind[]).map((kind) => ({
          value: kind,
          label: t(`kinds.${kind}`),
        }))}
      />
      {(districts.length > 0 || filter.district !== undefined) && (
        <FilterSelect
          name="circoscrizione"
          label={t("district")}
          value={filter.district?.toString()}
          options={districts.map((district) => ({ value: String(district), label: String(district) }))}
        />
      )}
      <FilterInput
        name="da"
        label={t("least")}
        value={query.da}
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
      />
      <fieldset className="flex flex-wrap gap-x-6 gap-y-1">
        <legend className="sr-only">{t("only")}</legend>
        <Only name="ritardo" label={t("late")} checked={filter.isLate} />
        <Only name="miei" label={t("mine")} checked={filter.isMine} />
      </fieldset>
      {Object.entries(orderIn(query)).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </FilterBar>
  );
}

function orderIn({ ordina, verso }: Record<string, string>): Record<string, string> {
  return { ...(ordina && { ordina }), ...(verso && { verso }) };
}

function Only({ name, label, checked }: { name: string; label: string; checked: boolean }) {
  return (
    <label className="inline-flex min-h-11 items-center gap-2">
      <input type="checkbox" name={name} value="1" defaultChecked={checked} className="size-5" />
      {label}
    </label>
  );
}
