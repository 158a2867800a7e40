import { beforeAll, describe, expect, it, vi } from "vitest";

beforeAll(() => vi.stubEnv("ORIGIN", "http://localhost:3000"));

const request = (headers: Record<string, string>) => new Request("http://localhost:3000/x", { headers });

describe("ownPath", () => {
  it.each([
    ["/torino/beni?stato=aperto", "/torino/beni?stato=aperto"],
    ["//elsewhere.example", "/"],
    ["/\\elsewhere.example", "/"],
    ["https://elsewhere.example/x", "/"],
    ["javascript:alert(1)", "/"],
    ["/a/../b", "/b"],
    [undefined, "/"],
  ])("%s → %s", async (path, expected) => {
    const { ownPath } = await import("./same-site");
    expect(ownPath(path)).toBe(expected);
  });
});

describe("isSameSite", () => {
  it("believes the browser about where a form was", async () => {
    const { isSameSite } = await import("./same-site");
    expect(isSameSite(request({ "sec-fetch-site": "same-origin" }))).toBe(true);
    expect(isSameSite(request({ "sec-fetch-site": "cross-site" }))).toBe(false);
    expect(isSameSite(request({ "sec-fetch-site": "same-site" }))).toBe(false);
    expect(isSameSite(request({ origin: "http://localhost:3000" }))).toBe(true);
    expect(isSameSite(request({ origin: "http://localhost:4000" }))).toBe(false);
    expect(isSameSite(request({}))).toBe(false);
  });
});

describe("backTo", () => {
  it("goes back to our own pages only", async () => {
    const { backTo } = await import("./same-site");
    expect(backTo(request({ referer: "http://localhost:3000/torino?x=1" }))).toBe("/torino?x=1");
    expect(backTo(request({ referer: "http://elsewhere.example/torino" }))).toBe("/");
    expect(backTo(request({}))).toBe("/");
  });
});
