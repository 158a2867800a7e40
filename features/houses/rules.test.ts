import { describe, expect, it } from "vitest";
import { mayEditHouse } from "./rules";

const coordinator = (district?: number, municipality = "001272") => ({
  roles: [
    {
      ...{ municipality, organisation: "Case" as const, role: "coordinator" as const },
      ...(district !== undefined && { district }),
    },
  ],
});

describe("the page of a house", () => {
  it("is edited by coordinators of the network, and by those of its district alone", () => {
    expect(mayEditHouse(coordinator(), "001272", { district: 2 })).toBe(true);
    expect(mayEditHouse(coordinator(2), "001272", { district: 2 })).toBe(true);
    expect(mayEditHouse(coordinator(3), "001272", { district: 2 })).toBe(false);
    expect(mayEditHouse(coordinator(3), "001272", { district: null })).toBe(false);
  });

  it("is edited by nobody of another municipality, of another office, or who has not signed in", () => {
    expect(mayEditHouse(coordinator(undefined, "001002"), "001272", { district: 2 })).toBe(false);
    const officer = { municipality: "001272", organisation: "Comune", role: "responsible_officer" } as const;
    expect(mayEditHouse({ roles: [officer] }, "001272", { district: 2 })).toBe(false);
    expect(mayEditHouse(undefined, "001272", { district: 2 })).toBe(false);
  });
});
