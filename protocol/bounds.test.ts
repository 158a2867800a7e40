import { describe, expect, test } from "vitest";
import { z } from "zod";
import { records } from "./records";
import { transactions } from "./transactions";

type Schema = { [member: string]: unknown };

/** Places of a JSON schema where a text or a list has no end. */
function endless(schema: unknown, at: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { type, maxLength, maxItems, pattern, allOf, enum: values, const: value } = schema as Schema;
  const found: string[] = [];
  if (type === "string" && values === undefined && value === undefined) {
    // One of the patterns that all hold is enough.
    const patterns = [pattern, ...((allOf ?? []) as Schema[]).map((part) => part.pattern)];
    if (maxLength === undefined && !patterns.some(isBounded)) found.push(`${at}: a text`);
  }
  if (type === "array" && maxItems === undefined) found.push(`${at}: a list`);
  for (const [name, member] of Object.entries(schema))
    if (typeof member === "object") found.push(...endless(member, `${at}.${name}`));
  return found;
}

/** Whether a pattern holds from the first to the last character and repeats nothing without end. */
function isBounded(pattern: unknown): boolean {
  if (typeof pattern !== "string") return false;
  return /^\^.*\$$/s.test(pattern) && !/[*+]|,\}/.test(pattern.replaceAll(/\\.|\[[^\]]*\]/g, "c"));
}

describe("what a transaction is given has an end", () => {
  test.each(Object.entries(transactions))("%s", (name, { input }) => {
    expect(endless(z.toJSONSchema(input as z.ZodType, { unrepresentable: "any" }), name)).toEqual([]);
  });
});

describe("what a record holds has an end", () => {
  test.each(Object.entries(records))("%s", (name, schema) => {
    expect(endless(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }), name)).toEqual([]);
  });
});

test("a text or a list without an end is found", () => {
  const open = z.strictObject({ text: z.string(), list: z.array(z.int()), deep: z.array(z.string()).max(2) });
  expect(endless(z.toJSONSchema(open), "open")).toHaveLength(3);
  expect(endless(z.toJSONSchema(z.string().regex(/^a+$/)), "open")).toHaveLength(1);
  expect(endless(z.toJSONSchema(z.string().regex(/^a{1,3}$/)), "open")).toHaveLength(0);
});
