import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

const policy = (over: Partial<Parameters<typeof contentSecurityPolicy>[0]> = {}) =>
  contentSecurityPolicy({ nonce: "abc", development: false, formOrigins: [], tileOrigins: [], ...over });

describe("contentSecurityPolicy", () => {
  it("lets nothing inline run without the nonce", () => {
    expect(policy()).not.toContain("unsafe");
    expect(policy()).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy()).toContain("style-src 'self' 'nonce-abc';");
    expect(policy()).toContain("default-src 'none'");
  });
  it("names other origins only where they are configured", () => {
    expect(policy()).not.toContain("http");
    const wide = policy({ formOrigins: ["https://id.example"], tileOrigins: ["https://tiles.example"] });
    expect(wide).toContain("form-action 'self' https://id.example");
    expect(wide).toContain("connect-src 'self' https://tiles.example");
    expect(wide).toContain("img-src 'self' data: blob: https://tiles.example");
  });
  it("allows eval while developing only", () => {
    expect(policy({ development: true })).toContain("'unsafe-eval'");
  });
});
