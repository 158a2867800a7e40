"use client";

import { useTranslations } from "next-intl";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { SelectField, TextField } from "@/components/ui/inputs";
import { assign, writeProtocolNumber } from "./actions";
import type { AssignmentInput, ProtocolNumberInput } from "./schema";

type Of = { transaction: string; record: string; revision: number };

/** Gives a duty to a colleague who may do it, or back to everybody. */
export function AssignmentForm({
  of,
  people,
  current,
}: {
  of: Of;
  people: readonly { id: string; name: string }[];
  current: string;
}) {
  const t = useTranslations("office.duty");
  const control = useActionForm<AssignmentInput>(assign, {
    id: "assignment",
    defaultValue: { assignee: current },
  });
  const labels = { assignee: t("assignee") };
  return (
    <ActionForm
      control={control}
      labels={labels}
      submitLabel={t("assign")}
      submitIcon="person"
      look="secondary"
    >
      <Hidden of={of} />
      <SelectField
        field={control.fields.assignee}
        label={labels.assignee}
        options={[
          { value: "", label: t("nobody") },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </ActionForm>
  );
}

/** The number that the record has in the municipality's register of documents. */
export function ProtocolNumberForm({ of, current }: { of: Of; current: string }) {
  const t = useTranslations("office.duty");
  const control = useActionForm<ProtocolNumberInput>(writeProtocolNumber, {
    id: "protocol-number",
    defaultValue: { number: current },
  });
  const labels = { number: t("number") };
  return (
    <ActionForm
      control={control}
      labels={labels}
      submitLabel={t("saveNumber")}
      submitIcon="check"
      look="secondary"
    >
      <Hidden of={of} />
      <TextField field={control.fields.number} label={labels.number} hint={t("numberHint")} optional />
    </ActionForm>
  );
}

function Hidden({ of }: { of: Of }) {
  return Object.entries(of).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={String(value)} />
  ));
}
