import { afterEach, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

it.each([
  ["http://localhost:3000", "cocity-3000-session"],
  ["https://comune.example", "__Host-cocity-443-session"],
  ["https://comune.example:8443", "__Host-cocity-8443-session"],
])("a cookie of %s is %s", async (origin, name) => {
  vi.resetModules();
  vi.stubEnv("ORIGIN", origin);
  expect((await import("./cookie-name")).cookieName("session")).toBe(name);
});
