import { expect, it } from "vitest";
import { callSchema } from "./schema";
import { callTemplates, templateValues } from "./templates";

const dates = { opensOn: "2027-01-01", closesOn: "2027-03-01" };

it.each(callTemplates.flatMap((template) => (["it", "en"] as const).map((locale) => ({ template, locale }))))(
  "the template $template, filled in with its dates alone, is a call that the form takes ($locale)",
  ({ template, locale }) => {
    const { data, error } = callSchema(locale).safeParse({ ...templateValues(template, locale), ...dates });
    expect(error).toBeUndefined();
    expect(data?.criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(data?.maxCostCents).toBeGreaterThanOrEqual(300_000n);
    for (const { title } of data?.criteria ?? []) expect(title.en).not.toBe(title.it);
  },
);
