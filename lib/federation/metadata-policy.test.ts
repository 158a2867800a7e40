import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPolicy, mergePolicies } from "./metadata-policy";
import { FederationRefusal } from "./refusal";

const apply = (given: object, operators: object) =>
  applyPolicy({ ...given }, { p: operators as Record<string, unknown> }).p;
const merge = (higher: object, lower: object) => mergePolicies({ p: { ...higher } }, { p: { ...lower } }).p;

describe("a policy", () => {
  it("sets, adds, presets, restricts and asks for values", () => {
    expect(apply({ p: "a" }, { value: "b" })).toBe("b");
    expect(apply({ p: "a" }, { value: null })).toBeUndefined();
    expect(apply({}, { add: ["a"] })).toEqual(["a"]);
    expect(apply({ p: ["b"] }, { add: ["a", "b"] })).toEqual(["b", "a"]);
    expect(apply({}, { default: "a" })).toBe("a");
    expect(apply({ p: "b" }, { default: "a" })).toBe("b");
    expect(apply({ p: ["a", "c"] }, { subset_of: ["a", "b"] })).toEqual(["a"]);
    expect(apply({ p: ["c"] }, { subset_of: ["a"] })).toBeUndefined();
    expect(apply({}, { one_of: ["a"] })).toBeUndefined();
    expect(() => apply({ p: "c" }, { one_of: ["a", "b"] })).toThrow(FederationRefusal);
    expect(() => apply({ p: ["a"] }, { superset_of: ["a", "b"] })).toThrow(FederationRefusal);
    expect(() => apply({}, { essential: true })).toThrow(FederationRefusal);
    expect(() => apply({ p: ["c"] }, { subset_of: ["a"], essential: true })).toThrow(FederationRefusal);
  });

  it("of a lower authority only narrows that of a higher one", () => {
    expect(merge({ subset_of: ["a", "b"] }, { subset_of: ["b", "c"] })).toEqual({ subset_of: ["b"] });
    expect(merge({ one_of: ["a", "b"] }, { one_of: ["b"] })).toEqual({ one_of: ["b"] });
    expect(merge({ superset_of: ["a"] }, { superset_of: ["b"] })).toEqual({ superset_of: ["a", "b"] });
    expect(merge({ essential: true }, { essential: false })).toEqual({ essential: true });
    expect(merge({ value: ["a", { b: 1, c: 2 }] }, { value: ["a", { c: 2, b: 1 }] })).toBeDefined();
    for (const [higher, lower] of [
      [{ value: "a" }, { value: "b" }],
      [{ default: "a" }, { default: "b" }],
      [{ one_of: ["a"] }, { one_of: ["b"] }],
      [{ subset_of: ["a"] }, { superset_of: ["b"] }],
      [{ subset_of: ["a"] }, { add: ["b"] }],
      [{ subset_of: ["a"] }, { value: ["b"] }],
      [{ essential: true }, { value: null }],
      [{ one_of: ["a"] }, { value: "b" }],
    ] as const)
      expect(() => merge(higher, lower), JSON.stringify([higher, lower])).toThrow(FederationRefusal);
  });

  it("with a name that every object has is not taken for one of ours", () => {
    const policy = JSON.parse('{"__proto__":{"value":"a"},"constructor":{"essential":true}}');
    expect(() => applyPolicy({}, policy)).toThrow(FederationRefusal);
    expect(({} as Record<string, unknown>).value).toBeUndefined();
  });

  it("leaves no value that one of two authorities does not allow, whatever they say", () => {
    const values = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 4 });
    fc.assert(
      fc.property(values, values, values, (own, higher, lower) => {
        const policy = mergePolicies({ p: { subset_of: higher } }, { p: { subset_of: lower } });
        const left = (applyPolicy({ p: own }, policy).p ?? []) as string[];
        expect(left).toEqual(own.filter((value) => higher.includes(value) && lower.includes(value)));
      }),
    );
  });
});
