import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordOf } from "@/protocol/records";
import { subjectKinds } from "@/protocol/records/commons";
import { addGrant, belongsOnList, type GrantTotals, hasPublicName } from "./rules";

type Commitment = RecordOf<"commitment">;
const threshold = 100_000;

function grant(changes: Partial<Commitment>): Commitment {
  return {
    ...{ payee: "friends", payeeCode: "97112230017", type: "contribution", amountCents: 60_000 },
    publishAboveCents: threshold,
    ...changes,
  } as Commitment;
}

function listed(commitments: readonly Commitment[], kind: "association" | "company" = "association") {
  const totals: GrantTotals = new Map();
  for (const commitment of commitments) addGrant(totals, commitment, kind);
  return commitments.map((commitment) => belongsOnList(commitment, kind, totals, threshold));
}

describe("belongsOnList", () => {
  it("takes grants that pass the threshold together, though each is below it", () => {
    expect(listed([grant({}), grant({})])).toEqual([true, true]);
    expect(listed([grant({})])).toEqual([false]);
  });

  it("takes the threshold itself as not passed", () => {
    expect(listed([grant({ amountCents: 100_000 })])).toEqual([false]);
    expect(listed([grant({ amountCents: 100_001 })])).toEqual([true]);
  });

  it("adds up one body under two registrations by its code, and one registration under two codes", () => {
    expect(listed([grant({}), grant({ payee: "again" })])).toEqual([true, true]);
    expect(listed([grant({}), grant({ payeeCode: undefined })])).toEqual([true, true]);
    expect(listed([grant({}), grant({ payee: "other", payeeCode: "80088230018" })])).toEqual([false, false]);
  });

  it("takes goods to a body that could be granted money, and no works of a company", () => {
    const works = [grant({ type: "direct_works", amountCents: 5_000_000 })];
    expect(listed(works)).toEqual([true]);
    expect(listed(works, "company")).toEqual([false]);
  });

  it("leaves out what was released whole", () => {
    expect(listed([grant({ amountCents: 0 }), grant({ amountCents: 500_000 })])).toEqual([false, true]);
  });

  it("lists all or none of one body's grants of a year, by their sum", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 80_000 }), { minLength: 1, maxLength: 12 }),
        (amounts) => {
          const sum = amounts.reduce((total, cents) => total + cents, 0);
          const result = listed(amounts.map((amountCents) => grant({ amountCents })));
          expect(new Set(result)).toEqual(new Set([sum > threshold]));
        },
      ),
    );
  });
});

it("gives no public name to people, nor to groups that are their people", () => {
  expect(subjectKinds.filter(hasPublicName)).toEqual(["association", "third_sector", "school", "company"]);
});
