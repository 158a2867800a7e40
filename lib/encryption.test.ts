import { afterEach, describe, expect, it, vi } from "vitest";

const load = async (key: string) => {
  vi.resetModules();
  vi.stubEnv("KEY_ENCRYPTION_KEY", key);
  return (await import("./encryption")).keyedHash;
};
afterEach(() => vi.unstubAllEnvs());

describe("a keyed hash", () => {
  it("is the same for the same words, and another for another purpose, other words or another key", async () => {
    const keyedHash = await load("11".repeat(32));
    const hash = keyedHash("voters", "round", "person");
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(keyedHash("voters", "round", "person")).toBe(hash);
    const others = [
      keyedHash("forms", "round", "person"),
      keyedHash("voters", "roundperson"),
      keyedHash("voters", "roun", "dperson"),
      (await load("22".repeat(32)))("voters", "round", "person"),
    ];
    expect(new Set([hash, ...others]).size).toBe(5);
  });
});
