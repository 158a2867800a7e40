import { describe, expect, it } from "vitest";
import { keysOf, officeKeys, officesAmong, openSteps } from "./duties";

const viewer = (...roles: object[]) => ({
  id: "anna",
  roles: roles.map((role) => ({ municipality: "001272", organisation: "Comune", ...role })) as never,
});
const meets = (audience: readonly string[], keys: readonly string[]) =>
  audience.some((key) => keys.includes(key));

describe("whom a step waits for", () => {
  const approval = (district?: number | null) => officeKeys("pacts:approveDistrict", { district });
  const keys = (district?: number) =>
    keysOf(viewer({ role: "district_council", ...(district !== undefined && { district }) }), "001272");

  it("is an office of one district only where it lies there", () => {
    expect(meets(approval(2), keys(2))).toBe(true);
    expect(meets(approval(3), keys(2))).toBe(false);
    expect(meets(approval(3), keys())).toBe(true);
    expect(meets(approval(null), keys(2))).toBe(true);
    expect(meets(approval(), keys(2))).toBe(true);
  });

  it("is nobody's office in another municipality, and no resident", () => {
    const elsewhere = keysOf(viewer({ role: "district_council", municipality: "001002" }), "001272");
    expect(elsewhere).toEqual(["person:anna"]);
    expect(officeKeys("proposals:adhere").filter((key) => key.includes("resident"))).toEqual([]);
  });

  it("is an organisation's own people where only some organisations are left", () => {
    const only = officeKeys("rounds:attest", { organisations: ["Garanti"] });
    expect(new Set(officesAmong(only).map(({ organisation }) => organisation))).toEqual(new Set(["Garanti"]));
  });
});

describe("a step that can be taken", () => {
  it("bars whoever took an earlier one, and says by which rule it is due", () => {
    const milestone = { submittedBy: actor("anna"), verifiedBy: actor("bruno") } as never;
    const days = { challenge: "2026-11-10", acceptance: "2026-12-01" };
    const states = { milestone: "verified" };
    const barred = ["anna", "bruno"];
    const deciding = { transaction: "milestones:decideObjection", barred };
    expect(openSteps("milestone", states, days, "2026-11-09", { milestone })).toMatchObject([deciding]);
    expect(openSteps("milestone", states, days, "2026-11-10", { milestone })).toMatchObject([
      { transaction: "milestones:accept", due: "2026-12-01", term: "acceptance", barred },
      deciding,
    ]);
  });
});

function actor(person: string) {
  return { person, organisation: "Comune", role: "responsible_officer" } as const;
}
