import { describe, expect, test } from "vitest";
import type { Asked } from "@/protocol/transactions/binding";
import { inGroups, paperCode, type Said } from "./paper-code";

const hash = (digit: string) => digit.repeat(64);
const request = {
  ...{ municipality: "001272", person: "giulia" },
  asked: { transaction: "payments:request", id: "payment-1", milestone: "m1", amountCents: 250_000 },
} as const satisfies Said;
const evidence = (...files: string[]): Said => ({
  ...{ municipality: "001272", person: "giulia" },
  asked: { transaction: "milestones:submitEvidence", id: "m1", evidence: files },
});
const report = (digest: string, text: string): Said => ({
  ...{ municipality: "001272", person: "giulia" },
  ...{ asked: { transaction: "reports:submit", id: "r1", digest }, text },
});

describe("the code of a form on paper", () => {
  test("is the same before the step is recorded and from its record", () => {
    const recorded = { ...request, asked: { ...request.asked, id: "another" } };
    expect(paperCode(recorded)).toBe(paperCode(request));
    expect(paperCode(report(hash("0"), "Aperto"))).toBe(paperCode(report(hash("a"), "Aperto")));
    expect(paperCode(evidence(hash("a"), hash("b")))).toBe(
      paperCode(evidence(hash("b"), hash("a"), hash("b"))),
    );
  });

  test.each<[string, Said]>([
    ["amount", { ...request, asked: { ...request.asked, amountCents: 250_001 } }],
    ["milestone", { ...request, asked: { ...request.asked, milestone: "m2" } }],
    ["person", { ...request, person: "marco" }],
    ["Comune", { ...request, municipality: "001001" }],
  ])("differs by the %s", (_, other) => {
    expect(paperCode(other)).not.toBe(paperCode(request));
  });

  test("differs by the evidence, the text of a report and what is signed of a pact", () => {
    expect(paperCode(evidence(hash("a")))).not.toBe(paperCode(evidence(hash("b"))));
    expect(paperCode(report(hash("0"), "Aperto"))).not.toBe(paperCode(report(hash("0"), "Chiuso")));
    const sign = (said: object): Said => ({
      ...{ municipality: "001272", person: "giulia" },
      asked: {
        ...{ transaction: "pacts:sign", id: "p", party: "a", version: 1, documentHash: hash("d") },
        ...said,
      } as Asked,
    });
    const codes = [{}, { id: "q" }, { party: "b" }, { version: 2 }, { documentHash: hash("e") }];
    expect(new Set(codes.map((said) => paperCode(sign(said)))).size).toBe(codes.length);
  });

  test("is read out in sixteen groups of four", () => {
    expect(inGroups(paperCode(request))).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });
});
