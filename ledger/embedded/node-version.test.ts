import { expect, it } from "vitest";
import { StartFailure } from "./failure";
import { requireNode } from "./node-version";

it("an older Node is told which one is needed, and how to get it", () => {
  for (const version of ["18.20.4", "20.19.2", "21.7.3"]) {
    expect(() => requireNode(version)).toThrow(StartFailure);
    expect(() => requireNode(version)).toThrow(/Node 22 .* npm exec/);
  }
  for (const version of ["22.0.0", "24.9.0", process.versions.node])
    expect(() => requireNode(version)).not.toThrow();
});
