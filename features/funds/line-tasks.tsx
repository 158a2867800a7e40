import { getLocale, getTranslations } from "next-intl/server";
import { FieldsForm } from "@/components/ui/fields-form";
import { Task } from "@/components/ui/task";
import { actFields } from "@/features/documents/act-field-queries";
import { formatMoney } from "@/lib/format";
import * as actions from "./actions";
import type { LineView } from "./budget-queries";
import { replaceRepresentative } from "./exceptions-actions";
import type { PayeeView } from "./payee-queries";
import { LATER_YEARS, payeeSchema } from "./schema";

const lineKinds = ["investment", "current"] as const;

/** What the responsible officer does with lines and payees; each with its act where the law wants one. */
export async function LineTasks({
  lines,
  payees,
}: {
  lines: readonly LineView[];
  payees: readonly PayeeView[];
}) {
  const [t, kinds, locale, act] = await Promise.all([
    getTranslations("funds.do"),
    getTranslations("funds.lineKinds"),
    getLocale(),
    actFields(),
  ]);
  const hidden = () => ({ command: crypto.randomUUID() });
  const notEligible = payees.filter(({ eligible }) => !eligible);
  return (
    <div className="space-y-3">
      <Task title={t("openLine")}>
        <FieldsForm
          id="open-line"
          action={actions.openLine}
          hidden={hidden()}
          fields={[
            { kind: "text", name: "fund", label: t("fund") },
            { kind: "text", name: "name", label: t("name") },
            { kind: "text", name: "year", label: t("year"), inputMode: "numeric" },
            {
              ...{ kind: "radio", name: "kind", label: t("kind") },
              options: lineKinds.map((value) => ({ value, label: kinds(value) })),
            },
            { kind: "money", name: "budget", label: t("budget") },
            ...Array.from({ length: LATER_YEARS }, (_, row) => ({
              ...{ kind: "money" as const, name: `laterBudget[${row}]`, optional: true },
              label: t("laterBudget", { number: row + 1 }),
              ...(row === 0 && { hint: t("laterBudgetHint") }),
            })),
            ...act,
          ]}
          submitLabel={t("openLineButton")}
          submitIcon="plus"
        />
      </Task>
      {lines.length > 0 && (
        <Task title={t("changeBudget")}>
          <p>{t("changeBudgetText")}</p>
          <FieldsForm
            id="change-budget"
            action={actions.changeBudget}
            hidden={hidden()}
            fields={[
              {
                ...{ kind: "select", name: "id", label: t("line"), empty: t("choose") },
                options: lines.map(({ id, name, year, budgetCents }) => ({
                  value: id,
                  label: t("lineNow", {
                    name,
                    year: String(year),
                    budget: formatMoney(budgetCents, locale),
                  }),
                })),
              },
              { kind: "money", name: "budget", label: t("newBudget") },
              ...act,
            ]}
            submitLabel={t("changeBudgetButton")}
            submitIcon="euro"
          />
        </Task>
      )}
      <Task title={t("payee")}>
        <FieldsForm
          id="register-payee"
          action={actions.registerPayee}
          hidden={hidden()}
          fields={[
            { kind: "text", name: "name", label: t("payeeName") },
            {
              ...{ kind: "select", name: "kind", label: t("payeeKind"), empty: t("choose") },
              options: payeeSchema.shape.kind.options.map((value) => ({
                value,
                label: t(`kinds.${value}`),
              })),
            },
            {
              ...{ kind: "text", name: "fiscalCode", label: t("fiscalCode") },
              ...{ hint: t("fiscalCodeHint"), optional: true },
            },
          ]}
          submitLabel={t("payeeButton")}
          submitIcon="plus"
        />
      </Task>
      {notEligible.length > 0 && (
        <Task title={t("eligibility")}>
          <p>{t("eligibilityText")}</p>
          <FieldsForm
            id="recognise-eligibility"
            action={actions.recogniseEligibility}
            hidden={hidden()}
            fields={[
              {
                ...{ kind: "select", name: "id", label: t("subject"), empty: t("choose") },
                options: notEligible.map(({ id, name, kind }) => ({
                  value: id,
                  label: `${name} (${t(`kinds.${kind as "person"}`)})`,
                })),
              },
              {
                ...{ kind: "text", name: "code", label: t("bodyCode"), hint: t("bodyCodeHint") },
                inputMode: "numeric",
              },
              ...act,
            ]}
            submitLabel={t("eligibilityButton")}
            submitIcon="check"
          />
        </Task>
      )}
      {payees.length > 0 && (
        <Task title={t("representative")}>
          <p>{t("representativeText")}</p>
          <FieldsForm
            id="replace-representative"
            action={replaceRepresentative}
            hidden={hidden()}
            fields={[
              {
                ...{ kind: "select", name: "id", label: t("subject"), empty: t("choose") },
                options: payees.map(({ id, name }) => ({ value: id, label: name })),
              },
              {
                ...{ kind: "text", name: "person", label: t("representativeField") },
                hint: t("representativeHint"),
              },
              ...act,
            ]}
            submitLabel={t("representativeButton")}
            submitIcon="person"
            look="secondary"
          />
        </Task>
      )}
    </div>
  );
}
