import { describe, expect, it } from "vitest";
import { sections } from "./content";
import { pactSchema } from "./schema";
import { pactTemplates, templateValues } from "./templates";

describe.each(pactTemplates)("the template %s of a pact", (template) => {
  const values = templateValues(template);

  it("is a draft that is taken once it has a title and days, and says something in every section", () => {
    const own = { proposal: "garden", title: "Patto", startsOn: "2027-01-01", endsOn: "2028-01-01" };
    const { data, error } = pactSchema.safeParse({ ...own, ...values });
    expect(error).toBeUndefined();
    expect(data).toMatchObject(values);
    expect(sections.filter((section) => !values[section])).toEqual([]);
  });

  it("leaves nothing to be filled in that could be signed as it is", () => {
    expect(Object.values(values).join()).not.toMatch(/\[|_{2}|\.{3}|…|XX/);
  });
});
