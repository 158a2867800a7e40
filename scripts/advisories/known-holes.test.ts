import { describe, expect, it } from "vitest";
import { compare, installedBy, order } from "./known-holes";

describe("versions", () => {
  it("come in the order of Semantic Versioning", () => {
    const inOrder = [
      ...["0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11"],
      ...["1.0.0-rc.1", "1.0.0", "1.0.9", "1.0.10", "1.2", "2.0.0+7"],
    ];
    for (const [at, one] of inOrder.entries())
      for (const [place, other] of inOrder.entries())
        expect(Math.sign(order(one, other)), `${one} ${other}`).toBe(Math.sign(at - place));
    expect(order("1.0", "1.0.0")).toBe(0);
  });
});

describe("installed packages", () => {
  const installed = installedBy({
    packages: {
      "": { version: "0.1.0" },
      chaincode: { version: "0.1.0" },
      "node_modules/next": { version: "16.4.6" },
      "node_modules/a/node_modules/next": { version: "15.0.0" },
      "node_modules/@scope/b": { version: "1.0.0" },
    },
  });
  const of = (hole: object) => ({ nextjs: { npmname: "next", vulnerabilities: [hole] } });

  it("are all versions that the lock file names, nested ones too", () => {
    expect([...(installed.get("next") ?? [])]).toEqual(["16.4.6", "15.0.0"]);
    expect([...installed.keys()]).toEqual(["next", "@scope/b"]);
  });

  it("have a hole within its bounds, of which the lower one is included", () => {
    const found = (hole: object) => compare(installed, of(hole)).found.length;
    expect(found({ below: "16.4.6" })).toBe(1);
    expect(found({ below: "16.4.7" })).toBe(2);
    expect(found({ atOrAbove: "16.4.6" })).toBe(1);
    expect(found({ atOrAbove: "15.0.1", below: "16.4.6" })).toBe(0);
    expect(found({})).toBe(2);
  });

  it("are told with severity, numbers and what is wrong, and how many of them the list knows", () => {
    const identifiers = { summary: "All is lost", CVE: ["CVE-2026-1"], githubID: "GHSA-x" };
    const hole = { below: "16.0.0", severity: "high", identifiers };
    expect(compare(installed, { ...of(hole), "@scope/b": {}, gone: { vulnerabilities: [{}] } })).toEqual({
      ...{ found: ["next 15.0.0: high, CVE-2026-1, GHSA-x: All is lost"], known: 2 },
    });
  });
});
