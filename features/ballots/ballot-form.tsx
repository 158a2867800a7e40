"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { ChoiceCard, TickedControl } from "@/components/ui/choice-card";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldGroup, type FieldState } from "@/components/ui/field";
import { type Option, SelectField } from "@/components/ui/inputs";
import type { BallotRules } from "@/protocol/records/rounds";
import { choose } from "./actions";
import { BallotProgress } from "./ballot-progress";
import { MarkSelect } from "./mark-select";

export type BallotLine = {
  number: number;
  title: string;
  costCents: number;
  /** Picture, sentence, cost and place, as the server draws them. */
  picture: ReactNode;
  about: ReactNode;
};

/** The paper itself: a card for each project. Every button posts it, so that what is chosen goes along, never in the address. */
export function BallotForm({
  round,
  lines,
  marks,
  ballot,
  projects,
  budgetCents,
  arranging,
}: {
  round: string;
  lines: readonly BallotLine[];
  /** What is chosen so far, as `marksOf` gives it. */
  marks: readonly string[];
  ballot: BallotRules;
  /** How many are on the ballot, also where not all are shown. */
  projects: number;
  budgetCents: number;
  arranging: { order: string; orders: readonly Option[]; district: string; districts: readonly Option[] };
}) {
  const t = useTranslations("ballotPaper");
  const id = useId();
  const control = useActionForm<Record<string, string | string[]>>(choose, {
    id: "ballot",
    defaultValue: {
      choices: [...marks],
      ...{ order: arranging.order, district: arranging.district, left: "", right: "" },
    },
  });
  const { choices, order, district, left, right } = control.fields as unknown as Record<string, FieldState>;
  if (!choices || !order || !district || !left || !right) return null;
  const chosen = [choices.initialValue].flat().map(String);
  const isMarked = ballot.type === "ranking" || ballot.type === "points";
  const comparable = lines.map(({ number, title }) => ({
    value: String(number),
    label: `${number}. ${title}`,
  }));
  return (
    <ActionForm
      control={control}
      labels={{ choices: t("group"), right: t("compareWith") }}
      submitLabel={t("review")}
      submitIcon="ballot"
    >
      {/* The first button is the one that Enter presses. */}
      <button type="submit" name="next" value="review" hidden />
      <input type="hidden" name="round" value={round} />
      {lines.length > 2 && (
        <Disclosure label={t("arrange")} icon="filter" open={arranging.district !== ""}>
          <div className="grid items-end gap-4 sm:grid-cols-2">
            <SelectField field={order} label={t("order")} options={arranging.orders} />
            {arranging.districts.length > 1 && (
              <SelectField
                field={district}
                label={t("district")}
                options={arranging.districts}
                empty={t("everywhere")}
              />
            )}
            <Button type="submit" name="next" value="arrange" look="secondary">
              {t("arrangeSubmit")}
            </Button>
          </div>
        </Disclosure>
      )}
      <FieldGroup field={choices} label={t("group")}>
        <ul className="grid gap-4 pt-2 sm:grid-cols-2">
          {lines.map(({ number, title, picture, about }) => (
            <ChoiceCard
              key={number}
              picture={picture}
              control={
                isMarked ? (
                  <MarkSelect
                    id={`${id}-${number}`}
                    name={choices.name}
                    number={number}
                    label={`${number}. ${title}`}
                    ballot={ballot}
                    projects={projects}
                    marks={chosen}
                  />
                ) : (
                  <TickedControl
                    type={ballot.most === 1 ? "radio" : "checkbox"}
                    id={`${id}-${number}`}
                    name={choices.name}
                    value={number}
                    defaultChecked={chosen.includes(String(number))}
                    label={`${number}. ${title}`}
                  />
                )
              }
              about={
                <div id={`${id}-${number}-about`} className="grow space-y-2 text-base">
                  {about}
                </div>
              }
            >
              <Button
                type="submit"
                name="next"
                value={`see-${number}`}
                look="plain"
                className="self-start text-base"
              >
                {t("read")}
                <span className="sr-only">: {title}</span>
              </Button>
            </ChoiceCard>
          ))}
        </ul>
      </FieldGroup>
      {lines.length > 1 && (
        <Disclosure label={t("compare")} icon="scale" open={!!right.errors?.length}>
          <div className="grid items-end gap-4 sm:grid-cols-2">
            <SelectField field={left} label={t("compareThis")} options={comparable} empty={t("pick")} />
            <SelectField field={right} label={t("compareWith")} options={comparable} empty={t("pick")} />
            <Button type="submit" name="next" value="compare" look="secondary">
              {t("compareSubmit")}
            </Button>
          </div>
        </Disclosure>
      )}
      <BallotProgress
        form={control.element}
        costs={Object.fromEntries(lines.map(({ number, costCents }) => [number, costCents]))}
        ballot={ballot}
        budgetCents={budgetCents}
      />
    </ActionForm>
  );
}
