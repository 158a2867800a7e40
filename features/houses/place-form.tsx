"use client";

import { useTranslations } from "next-intl";
import { PositionPicker } from "@/components/map/position-picker";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import type { FieldState } from "@/components/ui/field";
import { TextField } from "@/components/ui/inputs";
import type { MapBase } from "@/features/municipalities/map-queries";
import { saveHousePlace } from "./actions";

type Values = Record<"name" | "address" | "district" | "lat" | "lon", string>;

/** What a Casa is called and where it is; without `house` it is a new one. */
export function HousePlaceForm({
  house,
  map,
}: {
  house?: Values & { slug: string; revision: number };
  map: Omit<MapBase, "credit">;
}) {
  const t = useTranslations("housePlaces");
  const { slug = "", revision = 0, ...initial } = house ?? {};
  const control = useActionForm<Values>(saveHousePlace, {
    id: "house-place",
    ...(house && { defaultValue: initial }),
  });
  const fields = control.fields as unknown as Record<string, FieldState>;
  const field = (name: keyof Values): FieldState => fields[name] ?? { id: `house-place-${name}`, name };
  const labels = {
    ...{ name: t("name"), address: t("address"), district: t("districtNumber") },
    ...{ lat: t("position"), lon: t("position") },
  };
  return (
    <ActionForm
      control={control}
      labels={labels}
      submitLabel={t(house ? "save" : "add")}
      submitIcon={house ? "check" : "house"}
    >
      <input type="hidden" name="house" value={slug} />
      <input type="hidden" name="revision" value={revision} />
      <TextField field={field("name")} label={t("name")} hint={t("nameHint")} autoComplete="off" />
      <TextField field={field("address")} label={t("address")} hint={t("addressHint")} autoComplete="off" />
      <TextField
        field={field("district")}
        label={t("districtNumber")}
        hint={t("districtHint")}
        inputMode="numeric"
        optional
      />
      <fieldset className="space-y-2">
        <legend className="font-semibold">{t("position")}</legend>
        <p className="text-base text-ink-soft">{t("positionHint")}</p>
        {/* The form has another key once it is emptied: the place of the Casa before is not that of the next one. */}
        <PositionPicker key={control.form.key} lat={field("lat")} lon={field("lon")} {...map} />
      </fieldset>
    </ActionForm>
  );
}
