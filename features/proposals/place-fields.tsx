"use client";

import { useTranslations } from "next-intl";
import { PositionPicker } from "@/components/map/position-picker";
import type { FieldState } from "@/components/ui/field";
import { type Option, RadioGroup, SelectField, TextArea, TextField } from "@/components/ui/inputs";
import type { MapBase } from "@/features/municipalities/map-queries";

export type PlaceChoices = {
  /** Commons in the list. */
  commons: readonly Option[];
  /** Whether that is all of them. */
  isWholeList: boolean;
  kinds: readonly string[];
  districts: readonly number[];
  /** On the step that shows it alone. */
  map: Omit<MapBase, "credit"> | undefined;
};

/** Where: a commons that is in the list, or a new place by address, position or district. */
export function PlaceFields({
  field,
  choices,
}: {
  field: (name: string) => FieldState;
  choices: PlaceChoices;
}) {
  const t = useTranslations("propose.place");
  const kind = useTranslations("states.kind");
  return (
    <>
      {choices.commons.length > 0 && (
        <SelectField
          field={field("commons")}
          label={t("existing")}
          hint={t(choices.isWholeList ? "existingHint" : "existingSome")}
          options={choices.commons}
          empty={t("notListed")}
          optional
        />
      )}
      <fieldset className="space-y-6 border-line border-l-2 pl-5">
        <legend className="font-bold text-lg">{t("new")}</legend>
        <TextField field={field("name")} label={t("name")} hint={t("nameHint")} />
        <RadioGroup
          field={field("kind")}
          label={t("kind")}
          options={choices.kinds.map((value) => ({
            value,
            label: kind(value as Parameters<typeof kind>[0]),
          }))}
          optional
        />
        <TextArea field={field("description")} label={t("description")} rows={4} optional />
        <TextField
          field={field("address")}
          label={t("address")}
          hint={t("addressHint")}
          autoComplete="off"
          optional
        />
        <fieldset className="space-y-2">
          <legend className="font-semibold">{t("position")}</legend>
          <p className="text-base text-ink-soft">{t("positionHint")}</p>
          {choices.map && <PositionPicker lat={field("lat")} lon={field("lon")} {...choices.map} />}
        </fieldset>
        {choices.districts.length > 0 && (
          <SelectField
            field={field("district")}
            label={t("district")}
            options={choices.districts.map((number) => ({ value: String(number), label: String(number) }))}
            empty={t("unknownDistrict")}
            optional
          />
        )}
      </fieldset>
    </>
  );
}
