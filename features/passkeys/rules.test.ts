import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passkeyCodeText } from "@/protocol/acts/passkey-code";
import { codeGroups, passkeyCode, passkeyIdOf } from "./rules";

const facts = {
  founding: "a".repeat(32),
  person: "giulia",
  credential: "AAEC",
  spki: "MFkw",
  rpId: "localhost",
};

describe("the code of a passkey", () => {
  it("is the digest that the chaincode compares", async () => {
    const expected = createHash("sha256").update(passkeyCodeText(facts)).digest("hex");
    expect(await passkeyCode(facts)).toBe(expected);
  });

  it("changes with each fact", async () => {
    const own = await passkeyCode(facts);
    for (const name of Object.keys(facts) as (keyof typeof facts)[])
      expect(await passkeyCode({ ...facts, [name]: `${facts[name]}0` })).not.toBe(own);
  });

  it("is read out as eight groups of five digits, the same whenever it is the same code", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const groups = codeGroups(Buffer.from(bytes).toString("hex"));
        expect(groups).toHaveLength(8);
        for (const [index, group] of groups.entries()) {
          expect(group).toMatch(/^\d{5}$/);
          expect(Number(group)).toBe(Buffer.from(bytes).readUInt32BE(index * 4) % 100_000);
        }
      }),
    );
  });

  it("is of a key whose id is the digest of its credential id", async () => {
    const bytes = new Uint8Array([0, 1, 2]);
    expect(await passkeyIdOf(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
  });
});
