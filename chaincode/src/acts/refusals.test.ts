import { beforeAll, describe, expect, test } from "vitest";
import { ActsCity } from "../../testing/acts-city";
import { actRefusals } from "../../testing/refusals/acts";
import { foundingRefusals } from "../../testing/refusals/founding";
import { registerRefusals } from "../../testing/refusals/register";

const areas = {
  acts: actRefusals,
  "offices and keys": registerRefusals,
  "founding and recovery": foundingRefusals,
};
let founded: ActsCity;

beforeAll(async () => {
  founded = await ActsCity.founded();
});

describe.each(Object.entries(areas))("%s", (_, cases) => {
  test.each(cases.map((refusal) => [refusal.what, refusal] as const))("%s", async (_what, refusal) => {
    const { code, params } = await refusal.attempt(founded.clone());
    expect({ code, params }).toEqual({ code: refusal.code, params: refusal.params ?? params });
  });
});
