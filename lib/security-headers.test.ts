import { expect, it } from "vitest";
import { securityHeaders } from "./security-headers";

const policyOf = (path: string) => securityHeaders("http://localhost:3000", path)["content-security-policy"];

it("lets what people uploaded run nothing and load nothing, whoever opens it as a page", () => {
  for (const path of ["/api/files/torino/x/a.pdf", "/api/files/torino/x/a.js"])
    expect(policyOf(path)).toMatch(/^sandbox; default-src 'none'/);
});

it("lets every other answer that is no page load nothing", () => {
  expect(policyOf("/api/funds/torino/payments.csv")).toMatch(/^default-src 'none'/);
  expect(policyOf("/nope")).toMatch(/^default-src 'none'/);
});

it("lets a script that runs apart from its page ask this site alone", () => {
  expect(policyOf("/service-worker.js")).toMatch(/^default-src 'self'/);
});
