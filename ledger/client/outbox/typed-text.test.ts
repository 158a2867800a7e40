import { describe, expect, it } from "vitest";
import { z } from "zod";
import { transactions } from "@/protocol/transactions";
import { holdsPersonalText, typedMembers } from "./typed-text";

const planted = {
  iban: "IT60X0542811101000000123456",
  groupedIban: "IT60 X054 2811 1010 0000 0123 456",
  fiscalNumber: "ZMPRNG80A41L219E",
};

type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  pattern?: string;
  maxLength?: number;
  enum?: unknown[];
  const?: unknown;
  format?: string;
};

/** Read by code that a schema's form does not show: a UUID, an origin, the JSON of a rule for counting. */
const readFurther = ["command", "origin", "rule"];

/** Members of a schema that take any text, such as an account number written in groups. */
function freeText(schema: Schema, member = ""): string[] {
  const { properties = {}, items, prefixItems = [], anyOf = [], oneOf = [], allOf = [] } = schema;
  const parts = [...(items ? [items] : []), ...prefixItems, ...anyOf, ...oneOf, ...allOf];
  return [
    ...(takesAnything(schema) ? [member] : []),
    ...Object.entries(properties).flatMap(([name, of]) => freeText(of, name)),
    ...parts.flatMap((of) => freeText(of, member)),
  ];
}

function takesAnything({ type, pattern, format, maxLength = 1000, ...schema }: Schema): boolean {
  if (type !== "string" || schema.enum || schema.const !== undefined || format) return false;
  if (maxLength < planted.iban.length) return false;
  return pattern === undefined || new RegExp(pattern, "u").test(planted.groupedIban);
}

describe("text on the ledger", () => {
  it("that somebody types is looked through in every transaction that takes any", () => {
    const found = Object.entries(transactions).flatMap(([name, { input }]) =>
      freeText(
        z.toJSONSchema(input, { io: "output", unrepresentable: "any", reused: "inline" }) as Schema,
      ).map((member) => ({ name, member })),
    );
    const typed = found.filter(({ member }) => !readFurther.includes(member));
    expect(typed.filter(({ member }) => !typedMembers.has(member))).toEqual([]);
    // A set that nothing needs any more would hide what was renamed.
    expect(new Set(typed.map(({ member }) => member))).toEqual(typedMembers);
  });

  it.each(Object.entries(planted))("with a planted %s is found wherever it stands", (_, secret) => {
    for (const member of typedMembers) {
      expect(holdsPersonalText({ [member]: `Bonifico ${secret}` }), member).toBe(true);
      expect(holdsPersonalText({ act: { [member]: secret } }), member).toBe(true);
      expect(holdsPersonalText({ acts: [{ [member]: secret }] }), member).toBe(true);
    }
    // Keys and digests may look like one by chance.
    expect(holdsPersonalText({ publicKey: secret, digest: secret })).toBe(false);
    expect(holdsPersonalText({ name: "Fondo per i beni comuni", number: "123/2026" })).toBe(false);
  });
});
