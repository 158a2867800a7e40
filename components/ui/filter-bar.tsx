import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useId } from "react";
import type { Href } from "@/lib/language/navigation";
import { Button } from "./button";
import { controlClass } from "./field";
import { Fold } from "./fold";
import { TextLink } from "./link";

/**
 * Filters that live in the address: a form that is sent with GET to `action`, a path from `getPathname`. Many of them are
 * `folded` on a telephone, unless something is filtered.
 */
export function FilterBar({
  action,
  clear,
  folded = false,
  children,
}: {
  action: string;
  /** Where nothing is filtered; absent when nothing is. */
  clear?: Href;
  folded?: boolean;
  children: ReactNode;
}) {
  const t = useTranslations("ui.filters");
  const form = (
    <form
      action={action}
      className="mb-6 grid items-end gap-4 rounded-smooth bg-sunken p-4 sm:grid-cols-2 lg:grid-cols-4 print:hidden"
    >
      {children}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" icon="filter">
          {t("apply")}
        </Button>
        {clear && <TextLink href={clear}>{t("clear")}</TextLink>}
      </div>
    </form>
  );
  return (
    <search className="print:hidden">
      {folded ? (
        <Fold label={t("choose")} icon="filter" open={clear !== undefined}>
          {form}
        </Fold>
      ) : (
        form
      )}
    </search>
  );
}

export function FilterSelect({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
}) {
  const t = useTranslations("ui.filters");
  const id = useId();
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-semibold text-base">
        {label}
      </label>
      <select id={id} name={name} defaultValue={value ?? ""} className={controlClass}>
        <option value="">{t("all")}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** An input of a filter bar with its label above it. */
export function FilterInput({
  label,
  value,
  ...input
}: Omit<ComponentProps<"input">, "id" | "value" | "defaultValue" | "className"> & {
  name: string;
  label: string;
  value: string | undefined;
}) {
  const id = useId();
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-semibold text-base">
        {label}
      </label>
      <input id={id} defaultValue={value} className={controlClass} {...input} />
    </div>
  );
}

type Searched = { name: string; label: string; value: string | undefined };

export function FilterSearch(field: Searched) {
  return <FilterInput {...field} type="search" maxLength={100} autoComplete="off" />;
}

export function FilterDay(field: Searched) {
  return <FilterInput {...field} type="date" />;
}
