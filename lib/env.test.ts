import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const kept = { ...process.env };

beforeEach(() => vi.resetModules());
afterEach(() => {
  process.env = { ...kept };
});

describe("the environment", () => {
  it("names what is wrong without showing its value", async () => {
    process.env.KEY_ENCRYPTION_KEY = "hunter2";
    const { env, EnvironmentError } = await import("./env");
    expect(() => env.KEY_ENCRYPTION_KEY).toThrow(EnvironmentError);
    expect(() => env.KEY_ENCRYPTION_KEY).toThrow(/^KEY_ENCRYPTION_KEY: (?!.*hunter2)/);
  });

  it("takes an empty variable for an absent one", async () => {
    process.env.PORT = "";
    process.env.DATABASE_URL = "";
    const { env, isGiven } = await import("./env");
    expect(env.PORT).toBe(3000);
    expect(isGiven("DATABASE_URL")).toBe(false);
    expect(() => env.DATABASE_URL).toThrow("DATABASE_URL");
  });

  it("is read once", async () => {
    process.env.PORT = "4000";
    const { env } = await import("./env");
    expect(env.PORT).toBe(4000);
    process.env.PORT = "5000";
    expect(env.PORT).toBe(4000);
  });

  it.each([
    [{ HOST: "", PORT: "" }, "http://localhost:3000"],
    [{ HOST: "0.0.0.0", PORT: "8080" }, "http://localhost:8080"],
    [{ HOST: "::1", PORT: "8080" }, "http://localhost:8080"],
    [{ HOST: "192.0.2.7", PORT: "80" }, "http://192.0.2.7"],
    [{ ORIGIN: "https://cocity.example/path" }, "https://cocity.example"],
  ])("says where a browser finds the site: %j", async (given, origin) => {
    Object.assign(process.env, { ORIGIN: "", ...given });
    const { env } = await import("./env");
    expect(env.ORIGIN).toBe(origin);
  });
});
