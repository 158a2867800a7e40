"use client";

import type { ReactNode } from "react";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { cast } from "./actions";

/** Gives the vote that the page sums up. */
export function ReviewForm({
  round,
  command,
  marks,
  label,
  submitLabel,
  children,
}: {
  round: string;
  command: string;
  /** As `marksOf` gives them. */
  marks: readonly string[];
  label: string;
  submitLabel: string;
  children: ReactNode;
}) {
  const control = useActionForm<{ choices: string[] }>(cast, { id: "cast" });
  return (
    <ActionForm control={control} labels={{ choices: label }} submitLabel={submitLabel} submitIcon="ballot">
      <div id={control.fields.choices.id}>{children}</div>
      <input type="hidden" name="round" value={round} />
      <input type="hidden" name="command" value={command} />
      {marks.map((mark) => (
        <input key={mark} type="hidden" name="choices" value={mark} />
      ))}
    </ActionForm>
  );
}
